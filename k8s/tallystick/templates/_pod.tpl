{{/* The pod of a service; with `migrate` the same pod, which brings the schema up to date and ends. */}}
{{- define "tallystick.podTemplate" -}}
{{- $root := .root -}}
{{- $v := $root.Values -}}
{{- $values := include "tallystick.values" . | fromYaml -}}
{{- $component := ternary (printf "%s-migration" .name) .name (default false .migrate) -}}
metadata:
  labels:
    {{- include "tallystick.labels" (dict "root" $root "name" $component) | nindent 4 }}
    {{- with $values.podLabels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  annotations:
    checksum/config: {{ include "tallystick.properties" . | sha256sum }}
    {{- range $annotation, $value := $values.podAnnotations }}
    {{- /* A Job with a sidecar of Vault's never ends, and migrations don't ask Vault. */}}
    {{- if not (and $.migrate (hasPrefix "vault.hashicorp.com/" $annotation)) }}
    {{ $annotation }}: {{ $value | quote }}
    {{- end }}
    {{- end }}
spec:
  serviceAccountName: {{ include "tallystick.serviceAccountName" . }}
  automountServiceAccountToken: false
  enableServiceLinks: false
  {{- with $v.image.pullSecrets }}
  imagePullSecrets:
    {{- range . }}
    - name: {{ . }}
    {{- end }}
  {{- end }}
  securityContext:
    runAsNonRoot: true
    runAsUser: {{ $v.podSecurity.runAsUser }}
    runAsGroup: {{ $v.podSecurity.runAsGroup }}
    fsGroup: {{ $v.podSecurity.fsGroup }}
    fsGroupChangePolicy: OnRootMismatch
    seccompProfile:
      type: RuntimeDefault
  {{- if .migrate }}
  restartPolicy: OnFailure
  {{- else }}
  terminationGracePeriodSeconds: {{ $values.terminationGracePeriodSeconds }}
  {{- with $values.topologySpreadConstraints }}
  topologySpreadConstraints:
    {{- range . }}
    - {{- toYaml . | nindent 6 }}
      labelSelector:
        matchLabels:
          {{- include "tallystick.selector" $ | nindent 10 }}
      matchLabelKeys: [pod-template-hash]
    {{- end }}
  {{- end }}
  {{- end }}
  {{- with $values.priorityClassName }}
  priorityClassName: {{ . }}
  {{- end }}
  {{- with $values.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $values.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $values.affinity }}
  affinity:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  containers:
    - name: {{ ternary "migrate" .name (default false .migrate) }}
      image: {{ include "tallystick.image" . }}
      imagePullPolicy: {{ $v.image.pullPolicy }}
      securityContext:
        allowPrivilegeEscalation: false
        privileged: false
        readOnlyRootFilesystem: true
        runAsNonRoot: true
        capabilities:
          drop: [ALL]
      env:
        {{- include "tallystick.env" . | nindent 8 }}
      {{- if not .migrate }}
      ports:
        - name: https
          containerPort: {{ $v.ports.https }}
        {{- if include "tallystick.hasGrpc" . }}
        - name: grpc
          containerPort: {{ $v.ports.grpc }}
        {{- end }}
      startupProbe:
        httpGet: {path: /q/health/started, port: https, scheme: HTTPS}
        periodSeconds: 2
        timeoutSeconds: 5
        failureThreshold: {{ $values.startupSeconds | int | add 1 | div 2 }}
      livenessProbe:
        httpGet: {path: /q/health/live, port: https, scheme: HTTPS}
        periodSeconds: 10
        timeoutSeconds: 5
        failureThreshold: 6
      readinessProbe:
        httpGet: {path: /q/health/ready, port: https, scheme: HTTPS}
        periodSeconds: 5
        timeoutSeconds: 5
        failureThreshold: 3
      lifecycle:
        preStop:
          # New calls go elsewhere before this replica stops taking any.
          sleep: {seconds: {{ $values.drainSeconds }}}
      {{- end }}
      resources:
        {{- toYaml $values.resources | nindent 8 }}
      volumeMounts:
        {{- range (include "tallystick.volumes" . | fromYamlArray) }}
        - name: {{ .name }}
          {{- if eq .name "tmp" }}
          mountPath: /tmp
          {{- else if eq .name "pkcs11-library" }}
          mountPath: {{ $values.keyEncryption.pkcs11.mountPath }}
          {{- else }}
          mountPath: /etc/tallystick/{{ .name }}
          {{- end }}
          {{- if ne .name "tmp" }}
          readOnly: true
          {{- end }}
        {{- end }}
        {{- with $values.extraVolumeMounts }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
  volumes:
    {{- include "tallystick.volumes" . | nindent 4 }}
    {{- with $values.extraVolumes }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
{{- end -}}

{{/* Secrets come by environment, from Secrets only; everything else is in the properties file. */}}
{{- define "tallystick.env" -}}
{{- $v := .root.Values -}}
{{- $values := include "tallystick.values" . | fromYaml -}}
{{- $secrets := dict
      "tallystick.database.username" (dict "name" $values.database.existingSecret "key" $values.database.usernameKey)
      "tallystick.database.password" (dict "name" $values.database.existingSecret "key" $values.database.passwordKey) -}}
{{- if not $values.database.existingSecret -}}
{{- fail (printf "services.%s.database.existingSecret is needed: the role of this service and its password" .name) -}}
{{- end -}}
{{- if $v.redis.urlSecret.name -}}
{{- $_ := set $secrets "tallystick.redis.url" $v.redis.urlSecret -}}
{{- end -}}
{{- if $v.redis.passwordSecret.name -}}
{{- $_ := set $secrets "quarkus.redis.password" $v.redis.passwordSecret -}}
{{- $_ := set $secrets "quarkus.redis.streams.password" $v.redis.passwordSecret -}}
{{- end -}}
{{- if eq .name "verify" -}}
{{- $_ := set $secrets "tallystick.verify.code.digest-key" $values.digestKey -}}
{{- if not $values.digestKey.name -}}
{{- fail "services.verify.digestKey.name is needed: a Secret with at least 32 random bytes in hexadecimal" -}}
{{- end -}}
{{- end -}}
{{- if and (eq .name "notify") $values.smpp.enabled $values.smpp.passwordSecret.name -}}
{{- $_ := set $secrets "tallystick.notify.smpp.password" $values.smpp.passwordSecret -}}
{{- end -}}
{{- range $property, $_ := $values.secretConfig -}}
{{- include "tallystick.checkKnown" (dict "root" $.root "name" $.name "property" $property) -}}
{{- end -}}
- name: SMALLRYE_CONFIG_LOCATIONS
  value: /etc/tallystick/config/application.properties
- name: JAVA_TOOL_OPTIONS
  value: {{ $values.javaOptions | quote }}
- name: TALLYSTICK_SERVICE_REPLICA
  valueFrom:
    fieldRef:
      fieldPath: metadata.name
{{- if .migrate }}
# Migrates and ends, with status 0 when the schema is up to date.
- name: QUARKUS_INIT_AND_EXIT
  value: "true"
- name: QUARKUS_FLYWAY_MIGRATE_AT_START
  value: "true"
- name: QUARKUS_FLYWAY_VALIDATE_AT_START
  value: "false"
# A migration that waits for a lock has payments wait behind it: it gives up, and the Job tries again. Longer than
# deadlock_timeout, after which PostgreSQL ends an autovacuum that is in the way.
- name: QUARKUS_FLYWAY_INIT_SQL
  value: SET lock_timeout = '2s'
{{- end }}
{{- range $property, $secret := mustMergeOverwrite $secrets $values.secretConfig }}
- name: {{ $property | upper | replace "." "_" | replace "-" "_" }}
  valueFrom:
    secretKeyRef:
      name: {{ $secret.name }}
      key: {{ $secret.key }}
{{- end }}
{{- if has .name (list "seed" "notify") }}
{{- range $variable, $value := $values.keyEncryption.pkcs11.environment }}
{{- if regexMatch "(?i)(^|_)pin($|_)|password|secret" $variable }}
{{- fail (printf "services.%s.keyEncryption.pkcs11.environment.%s looks secret: the PIN comes from pinSecret, others by extraEnv from a Secret" $.name $variable) }}
{{- end }}
- name: {{ $variable }}
  value: {{ $value | quote }}
{{- end }}
{{- end }}
{{- with $values.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* A volume is mounted at /etc/tallystick/NAME, and `tmp` at /tmp. */}}
{{- define "tallystick.volumes" -}}
{{- $v := .root.Values -}}
{{- $values := include "tallystick.values" . | fromYaml -}}
- name: tmp
  emptyDir:
    sizeLimit: {{ $values.tmpSize }}
- name: config
  configMap:
    name: {{ include "tallystick.serviceName" . }}
    items:
      - {key: application.properties, path: application.properties}
- name: tls
  secret:
    secretName: {{ include "tallystick.tlsSecret" . }}
    defaultMode: 0440
{{- include "tallystick.caVolume" (dict "name" "mtls-ca" "ca" $v.mtls.ca) }}
{{- include "tallystick.caVolume" (dict "name" "database-ca" "ca" $v.database.ca) }}
{{- include "tallystick.caVolume" (dict "name" "redis-ca" "ca" $v.redis.tls.ca) }}
{{- include "tallystick.caVolume" (dict "name" "oidc-ca" "ca" $v.oidc.ca) }}
{{- if has .name (list "seed" "notify") }}
{{- if not $values.keyEncryption.existingSecret }}
{{- fail (printf "services.%s.keyEncryption.existingSecret is needed: the key-encryption keys, as docs/operations/keys.md has them" .name) }}
{{- end }}
# A whole folder, so that a changed Secret reaches the running service (docs/operations/keys.md).
- name: key-encryption
  secret:
    secretName: {{ $values.keyEncryption.existingSecret }}
    defaultMode: 0440
{{- with $values.keyEncryption.pkcs11 }}
{{- if .library }}
- name: pkcs11-pin
  secret:
    secretName: {{ include "tallystick.required" (dict "value" .pinSecret.name "what" (printf "services.%s.keyEncryption.pkcs11.pinSecret.name is needed: the PIN of the token's user" $.name)) }}
    defaultMode: 0440
    items:
      - {key: {{ .pinSecret.key }}, path: {{ .pinSecret.key }}}
{{- with .volume }}
- name: pkcs11-library
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}
{{- end }}
{{- with $values.keyEncryption.transit }}
{{- if .address }}
{{- if .tokenSecret.name }}
# A whole folder, like the keys': a token that was renewed reaches the running service.
- name: transit-token
  secret:
    secretName: {{ .tokenSecret.name }}
    defaultMode: 0440
    items:
      - {key: {{ .tokenSecret.key }}, path: {{ .tokenSecret.key }}}
{{- end }}
{{- include "tallystick.caVolume" (dict "name" "transit-ca" "ca" .ca) }}
{{- end }}
{{- end }}
{{- end }}
{{- if and (eq .name "seed") (not $values.rootPublicKey.value) }}
- name: root-key
  configMap:
    name: {{ $values.rootPublicKey.configMap.name }}
{{- end }}
{{- if and (eq .name "risk") $values.thresholds }}
- name: thresholds
  configMap:
    name: {{ include "tallystick.serviceName" . }}-thresholds
{{- end }}
{{- end -}}

{{/* An authority's certificate, from a ConfigMap or a Secret, as ca.crt. */}}
{{- define "tallystick.caVolume" -}}
{{- if .ca.name }}
- name: {{ .name }}
  {{- if eq .ca.kind "Secret" }}
  secret:
    secretName: {{ .ca.name }}
    items:
      - {key: {{ .ca.key }}, path: ca.crt}
  {{- else }}
  configMap:
    name: {{ .ca.name }}
    items:
      - {key: {{ .ca.key }}, path: ca.crt}
  {{- end }}
{{- end }}
{{- end -}}
