{{/* Names and labels. Most templates take a dict with `root` (the chart's scope) and `name` (seed, verify, …). */}}

{{- define "tallystick.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "tallystick.serviceNames" -}}seed verify clearing risk notify{{- end -}}

{{/* Services with a gRPC server. */}}
{{- define "tallystick.grpcServiceNames" -}}seed verify clearing risk{{- end -}}

{{- define "tallystick.serviceName" -}}
{{ include "tallystick.fullname" .root }}-{{ .name }}
{{- end -}}

{{- define "tallystick.hasGrpc" -}}
{{- if has .name (splitList " " (include "tallystick.grpcServiceNames" .root)) -}}true{{- end -}}
{{- end -}}

{{/* Whom a service calls by gRPC (docs/architecture.md, "Who calls whom"). */}}
{{- define "tallystick.peersOf" -}}
{{- get (dict "verify" "seed clearing risk" "seed" "clearing") .name -}}
{{- end -}}

{{/* By whom it is called. */}}
{{- define "tallystick.callersOf" -}}
{{- get (dict "seed" "verify" "clearing" "seed verify" "risk" "verify") .name -}}
{{- end -}}

{{/* A service's values: what `services.NAME` says, over `defaults`. */}}
{{- define "tallystick.values" -}}
{{- mustMergeOverwrite (deepCopy .root.Values.defaults) (deepCopy (get .root.Values.services .name)) | toYaml -}}
{{- end -}}

{{- define "tallystick.commonLabels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
app.kubernetes.io/name: {{ default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ default .Chart.AppVersion .Values.image.tag | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/part-of: tallystick
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "tallystick.labels" -}}
{{ include "tallystick.commonLabels" .root }}
app.kubernetes.io/component: {{ .name }}
{{- end -}}

{{- define "tallystick.selector" -}}
app.kubernetes.io/name: {{ default .root.Chart.Name .root.Values.nameOverride | trunc 63 | trimSuffix "-" }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .name }}
{{- end -}}

{{- define "tallystick.image" -}}
{{- $image := .root.Values.image -}}
{{- $repository := printf "%s/%s-service" $image.repository .name -}}
{{- $path := ternary (printf "%s/%s" $image.registry $repository) $repository (ne $image.registry "") -}}
{{- $digest := get $image.digests .name | default "" -}}
{{- if $digest -}}
{{ $path }}@{{ $digest }}
{{- else -}}
{{ $path }}:{{ default .root.Chart.AppVersion $image.tag }}
{{- end -}}
{{- end -}}

{{- define "tallystick.serviceAccountName" -}}
{{- $values := include "tallystick.values" . | fromYaml -}}
{{- default (include "tallystick.serviceName" .) $values.serviceAccount.name -}}
{{- end -}}

{{/* The Secret with tls.crt, tls.key and ca.crt of a service. */}}
{{- define "tallystick.tlsSecret" -}}
{{- $values := include "tallystick.values" . | fromYaml -}}
{{- if $values.tls.existingSecret -}}
{{ $values.tls.existingSecret }}
{{- else if .root.Values.mtls.certManager.enabled -}}
{{ include "tallystick.serviceName" . }}-tls
{{- else -}}
{{- fail (printf "set services.%s.tls.existingSecret, or mtls.certManager.enabled with an issuer: without a certificate a service does not start" .name) -}}
{{- end -}}
{{- end -}}

{{/* Every name a client may call a service by. */}}
{{- define "tallystick.dnsNames" -}}
{{- $root := .root -}}
{{- $name := include "tallystick.serviceName" . -}}
{{- $values := include "tallystick.values" . | fromYaml -}}
{{- $names := list -}}
{{- range $host := list $name (printf "%s-peers" $name) (printf "%s-operators" $name) -}}
{{- $names = concat $names (list $host (printf "%s.%s" $host $root.Release.Namespace) (printf "%s.%s.svc" $host $root.Release.Namespace) (printf "%s.%s.svc.%s" $host $root.Release.Namespace $root.Values.clusterDomain)) -}}
{{- end -}}
{{- concat $names $values.tls.extraDnsNames | uniq | toYaml -}}
{{- end -}}

{{/* Fails unless a value is set; `what` says which and why. */}}
{{- define "tallystick.required" -}}
{{- if not .value -}}{{- fail .what -}}{{- end -}}
{{- .value -}}
{{- end -}}

{{/* What ingress-nginx reads, by client address. */}}
{{- define "tallystick.rateLimitAnnotations" }}
{{- $values := include "tallystick.values" . | fromYaml }}
{{- $nginx := "nginx.ingress.kubernetes.io" }}
{{- with $values.ingress.rateLimit }}
{{- if or .requestsPerSecond .requestsPerMinute .connections }}
{{- if ne $.root.Values.ingress.controller "ingress-nginx" }}
{{- fail (printf "services.%s.ingress.rateLimit is for ingress-nginx: say it in ingress.annotations as the other controller has it" $.name) }}
{{- end }}
{{- with .requestsPerSecond }}
{{ $nginx }}/limit-rps: {{ int64 . | quote }}
{{- end }}
{{- with .requestsPerMinute }}
{{ $nginx }}/limit-rpm: {{ int64 . | quote }}
{{- end }}
{{- if or .requestsPerSecond .requestsPerMinute }}
{{ $nginx }}/limit-burst-multiplier: {{ int64 .burstMultiplier | quote }}
{{- end }}
{{- with .connections }}
{{ $nginx }}/limit-connections: {{ int64 . | quote }}
{{- end }}
{{- with .exempt }}
{{ $nginx }}/limit-whitelist: {{ join "," . | quote }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
