{{/*
What a service reads at start: `application.properties`, mounted as a file. Nothing in it is secret; secrets come by
environment from Secrets (_pod.tpl). Order: what the chart knows, then `config`, then the service's own `config`.
*/}}
{{- define "tallystick.properties" -}}
{{- $given := mustMergeOverwrite (deepCopy .root.Values.config) (deepCopy (get .root.Values.services .name).config) -}}
{{- range $property, $_ := $given -}}
{{- include "tallystick.checkKnown" (dict "root" $.root "name" $.name "property" $property) -}}
{{- include "tallystick.checkNotSecret" (dict "name" $.name "property" $property) -}}
{{- end -}}
{{- $all := mustMergeOverwrite (include "tallystick.knownProperties" . | fromYaml) $given -}}
# Above the image's own application.properties (250), below the environment (300).
config_ordinal=280
{{- range $property, $value := $all }}
{{ $property }}={{ include "tallystick.propertyValue" $value }}
{{- end }}
{{- end -}}

{{/* Numbers as they were written (Helm reads them as floating point), text as properties files want it. */}}
{{- define "tallystick.propertyValue" -}}
{{- if kindIs "string" . -}}
{{- . | replace "\\" "\\\\" | replace "\n" "\\n" -}}
{{- else if kindIs "slice" . -}}
{{- join "," . | replace "\\" "\\\\" -}}
{{- else -}}
{{- toJson . -}}
{{- end -}}
{{- end -}}

{{/* A misspelt property would change nothing and say nothing. */}}
{{- define "tallystick.checkKnown" -}}
{{- if hasPrefix "tallystick." .property -}}
{{- $catalogue := .root.Files.Get "files/properties.yaml" | fromYaml -}}
{{- $found := false -}}
{{- range $known := concat (keys (get $catalogue "kit")) (keys (get $catalogue .name)) -}}
{{- if regexMatch (printf "^%s$" ($known | replace "." "\\." | replace "*" "[^.]+")) $.property -}}
{{- $found = true -}}
{{- end -}}
{{- end -}}
{{- if not $found -}}
{{- fail (printf "%s-service has no property %s: see files/properties.yaml" .name .property) -}}
{{- end -}}
{{- else if not (hasPrefix "quarkus." .property) -}}
{{- fail (printf "%s of %s-service is neither a tallystick.* nor a quarkus.* property" .property .name) -}}
{{- end -}}
{{- end -}}

{{/* What stands in a ConfigMap is readable by many. */}}
{{- define "tallystick.checkNotSecret" -}}
{{- if regexMatch "(password|secret|credentials|digest-key|key-encryption\\.keys)$" .property -}}
{{- fail (printf "%s of %s-service is a secret: name the Secret that has it in secretConfig" .property .name) -}}
{{- end -}}
{{- end -}}

{{- define "tallystick.knownProperties" -}}
{{- $root := .root -}}
{{- $v := $root.Values -}}
{{- $values := include "tallystick.values" . | fromYaml -}}
tallystick.http.port: {{ $v.ports.https }}
tallystick.grpc.port: {{ $v.ports.grpc }}
tallystick.database.url: {{ include "tallystick.databaseUrl" . | quote }}
tallystick.database.connections: {{ $values.database.connections }}
quarkus.flyway.migrate-at-start: {{ not $v.migrations.enabled }}
{{- if $v.migrations.enabled }}
# A schema without this version's migrations is refused at start; a newer one is fine (an upgrade under way).
quarkus.flyway.validate-at-start: true
{{- end }}
{{- if not $v.redis.urlSecret.name }}
tallystick.redis.url: {{ include "tallystick.redisHosts" . | quote }}
{{- end }}
{{- if ne $v.redis.mode "single" }}
{{- range $client := list "quarkus.redis" "quarkus.redis.streams" }}
{{ $client }}.client-type: {{ $v.redis.mode }}
{{- if eq $v.redis.mode "sentinel" }}
{{ $client }}.master-name: {{ include "tallystick.required" (dict "value" $v.redis.masterName "what" "redis.masterName is needed with Sentinel") }}
{{ $client }}.role: master
{{ $client }}.auto-failover: true
{{- else }}
{{ $client }}.replicas: never
{{- end }}
{{- end }}
{{- end }}
{{- if $v.redis.tls.enabled }}
{{- $names := ternary "HTTPS" "NONE" $v.redis.tls.verifyHostname }}
{{- if $v.redis.tls.ca.name }}
quarkus.tls.tallystick-redis.trust-store.pem.certs: /etc/tallystick/redis-ca/ca.crt
quarkus.tls.tallystick-redis.hostname-verification-algorithm: {{ $names }}
quarkus.redis.tls-configuration-name: tallystick-redis
quarkus.redis.streams.tls-configuration-name: tallystick-redis
{{- else }}
quarkus.redis.tls.enabled: true
quarkus.redis.tls.hostname-verification-algorithm: {{ $names }}
quarkus.redis.streams.tls.enabled: true
quarkus.redis.streams.tls.hostname-verification-algorithm: {{ $names }}
{{- end }}
{{- end }}
tallystick.tls.certificate: /etc/tallystick/tls/tls.crt
tallystick.tls.key: /etc/tallystick/tls/tls.key
tallystick.tls.ca: {{ ternary "/etc/tallystick/mtls-ca/ca.crt" "/etc/tallystick/tls/ca.crt" (ne $v.mtls.ca.name "") }}
tallystick.oidc.issuer: {{ include "tallystick.required" (dict "value" $v.oidc.issuer "what" "oidc.issuer is needed: who issues the access tokens of payers, staff and operators") | quote }}
tallystick.oidc.audience: {{ $v.oidc.audience | quote }}
{{- if $v.oidc.ca.name }}
quarkus.tls.tallystick-oidc.trust-store.pem.certs: /etc/tallystick/oidc-ca/ca.crt
quarkus.oidc.tls.tls-configuration-name: tallystick-oidc
{{- end }}
tallystick.log.json: {{ $v.log.json }}
tallystick.trace.disabled: {{ not $v.tracing.enabled }}
{{- if $v.tracing.enabled }}
tallystick.trace.endpoint: {{ $v.tracing.endpoint | quote }}
tallystick.trace.protocol: {{ $v.tracing.protocol | quote }}
tallystick.trace.ratio: {{ $v.tracing.ratio }}
{{- end }}
{{- $peers := include "tallystick.peersOf" . }}
{{- range $peer := ternary (splitList " " $peers) (list) (ne $peers "") }}
tallystick.peers.{{ $peer }}.address: {{ include "tallystick.serviceName" (dict "root" $root "name" $peer) }}-peers.{{ $root.Release.Namespace }}.svc.{{ $v.clusterDomain }}:{{ $v.ports.grpc }}
{{- end }}
{{- include (printf "tallystick.propertiesOf.%s" .name) (dict "root" $root "values" $values) }}
{{- end -}}

{{/* Of the primary, or of another server by `host` and `port`. */}}
{{- define "tallystick.databaseUrl" -}}
{{- $database := .root.Values.database -}}
{{- $host := include "tallystick.required" (dict "value" $database.host "what" "database.host is needed: a PostgreSQL of your own") -}}
{{- $parameters := deepCopy $database.parameters -}}
{{- if $database.ca.name -}}
{{- $_ := set $parameters "sslrootcert" "/etc/tallystick/database-ca/ca.crt" -}}
{{- else if and (hasPrefix "verify" (get $parameters "sslmode" | default "" | toString)) (not (hasKey $parameters "sslfactory")) -}}
{{- /* The driver would look for an authority in a home folder; Java has those that everybody trusts. */ -}}
{{- $_ := set $parameters "sslfactory" "org.postgresql.ssl.DefaultJavaSSLFactory" -}}
{{- end -}}
{{- $pairs := list -}}
{{- range $key, $value := $parameters -}}
{{- $pairs = append $pairs (printf "%s=%s" $key ($value | toString | urlquery)) -}}
{{- end -}}
jdbc:postgresql://{{ .host | default $host }}:{{ .port | default $database.port }}/{{ $database.name }}{{ with $pairs }}?{{ join "&" . }}{{ end }}
{{- end -}}

{{- define "tallystick.redisHosts" -}}
{{- $redis := .root.Values.redis -}}
{{- $addresses := include "tallystick.required" (dict "value" (join "," $redis.addresses) "what" "redis.addresses, or redis.urlSecret, is needed: a Redis of your own") -}}
{{- $scheme := ternary "rediss" "redis" $redis.tls.enabled -}}
{{- $urls := list -}}
{{- range $address := splitList "," $addresses -}}
{{- $urls = append $urls (printf "%s://%s" $scheme $address) -}}
{{- end -}}
{{- join "," $urls -}}
{{- end -}}

{{- define "tallystick.propertiesOf.seed" }}
tallystick.seed.network-profile: {{ .root.Values.networkProfile }}
{{- include "tallystick.keyEncryptionProperties" (dict "name" "seed" "values" .values) }}
{{- if .values.rootPublicKey.value }}
tallystick.seed.root-public-key: {{ .values.rootPublicKey.value | quote }}
{{- else if .values.rootPublicKey.configMap.name }}
tallystick.seed.root-public-key-file: /etc/tallystick/root-key/{{ .values.rootPublicKey.configMap.key }}
{{- else }}
{{- fail "services.seed.rootPublicKey.value or .configMap.name is needed: the public key of the platform root" }}
{{- end }}
{{- end }}

{{- define "tallystick.keyEncryptionProperties" }}
{{- $prefix := printf "tallystick.%s.key-encryption" .name }}
{{- $where := printf "services.%s.keyEncryption.pkcs11" .name }}
{{ $prefix }}.file: /etc/tallystick/key-encryption/{{ .values.keyEncryption.key }}
{{- $token := .values.keyEncryption.pkcs11 }}
{{- if $token.library }}
{{- if kindIs "invalid" $token.slot }}
{{- fail (printf "%s.slot is needed: the number of the token's slot" $where) }}
{{- end }}
{{ $prefix }}.pkcs11.library: {{ $token.library | quote }}
{{ $prefix }}.pkcs11.slot: {{ int64 $token.slot }}
{{ $prefix }}.pkcs11.key-labels: {{ include "tallystick.required" (dict "value" (join "," $token.keyLabels) "what" (printf "%s.keyLabels is needed: the AES key in the token" $where)) | quote }}
{{ $prefix }}.pkcs11.pin-file: /etc/tallystick/pkcs11-pin/{{ $token.pinSecret.key }}
{{- if $token.bareKeysAllowed }}
{{ $prefix }}.bare-keys-allowed: true
{{- end }}
{{- else if or $token.keyLabels $token.pinSecret.name $token.volume }}
{{- fail (printf "%s.library is needed with what else is set there" $where) }}
{{- end }}
{{- include "tallystick.transitProperties" . }}
{{- end }}

{{- define "tallystick.transitProperties" }}
{{- $prefix := printf "tallystick.%s.key-encryption" .name }}
{{- $where := printf "services.%s.keyEncryption.transit" .name }}
{{- $transit := .values.keyEncryption.transit }}
{{- if $transit.address }}
{{- if .values.keyEncryption.pkcs11.library }}
{{- fail (printf "%s and .pkcs11 are set: one of them unwraps" $where) }}
{{- end }}
{{- if and $transit.tokenSecret.name $transit.tokenFile }}
{{- fail (printf "%s.tokenSecret and .tokenFile are set: one of them has the token" $where) }}
{{- end }}
{{ $prefix }}.transit.address: {{ $transit.address | quote }}
{{ $prefix }}.transit.mount: {{ $transit.mount | quote }}
{{ $prefix }}.transit.key: {{ include "tallystick.required" (dict "value" $transit.key "what" (printf "%s.key is needed: the key in the transit engine" $where)) | quote }}
{{- with $transit.namespace }}
{{ $prefix }}.transit.namespace: {{ . | quote }}
{{- end }}
{{- if $transit.tokenSecret.name }}
{{ $prefix }}.transit.token-file: /etc/tallystick/transit-token/{{ $transit.tokenSecret.key }}
{{- else if $transit.tokenFile }}
{{ $prefix }}.transit.token-file: {{ $transit.tokenFile | quote }}
{{- else if not (regexMatch "^https?://(localhost|127\\.[0-9.]+|\\[::1\\])(:|/|$)" $transit.address) }}
{{- fail (printf "%s.tokenSecret.name or .tokenFile is needed: only an agent in the pod adds a token itself" $where) }}
{{- end }}
{{- if $transit.ca.name }}
{{ $prefix }}.transit.ca: /etc/tallystick/transit-ca/ca.crt
{{- end }}
{{- if $transit.bareKeysAllowed }}
{{ $prefix }}.bare-keys-allowed: true
{{- end }}
{{- else if or $transit.key $transit.tokenSecret.name $transit.tokenFile $transit.ca.name }}
{{- fail (printf "%s.address is needed with what else is set there" $where) }}
{{- end }}
{{- end }}

{{- define "tallystick.propertiesOf.verify" }}
tallystick.verify.trust.network-profile: {{ .root.Values.networkProfile }}
{{- range $currency, $minor := .values.floorLimitsMinor }}
tallystick.verify.pack.floor-limits-minor.{{ $currency }}: {{ toJson $minor }}
{{- end }}
{{- end }}

{{- define "tallystick.propertiesOf.clearing" }}
tallystick.clearing.settlement.zone: {{ .values.settlementZone | quote }}
{{- with .root.Values.database.replica.host }}
tallystick.clearing.bills.replica-url: {{ include "tallystick.databaseUrl" (dict "root" $.root "host" . "port" $.root.Values.database.replica.port) | quote }}
{{- end }}
{{- end }}

{{- define "tallystick.propertiesOf.risk" }}
{{- if .values.thresholds }}
tallystick.risk.thresholds: /etc/tallystick/thresholds/thresholds.yaml
{{- end }}
{{- end }}

{{- define "tallystick.propertiesOf.notify" }}
{{- include "tallystick.keyEncryptionProperties" (dict "name" "notify" "values" .values) }}
tallystick.notify.smpp.enabled: {{ .values.smpp.enabled }}
{{- if .values.smpp.enabled }}
tallystick.notify.smpp.host: {{ include "tallystick.required" (dict "value" .values.smpp.host "what" "services.notify.smpp.host is needed: the SMS centre; or smpp.enabled=false, and nobody gets codes by SMS") | quote }}
tallystick.notify.smpp.port: {{ .values.smpp.port }}
tallystick.notify.smpp.system-id: {{ .values.smpp.systemId | quote }}
tallystick.notify.smpp.source-address: {{ .values.smpp.sourceAddress | quote }}
{{- end }}
tallystick.notify.webauthn.rp-id: {{ .values.webauthn.rpId | quote }}
tallystick.notify.webauthn.rp-name: {{ .values.webauthn.rpName | quote }}
tallystick.notify.webauthn.origins: {{ join "," .values.webauthn.origins | quote }}
{{- end }}
