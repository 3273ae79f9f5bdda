{{- define "app.kafka.options" -}}
{{- if .Values.kafka.sasl }}
"security.protocol": {{ .Values.kafka.protocol | quote }}
"sasl.mechanism": {{ .Values.kafka.mechanism | quote }}
{{- end }}
"bootstrap.servers": {{ .Values.kafka.servers | quote }}
"compression.type": "zstd"
"socket.keepalive.enable": true
{{- end }}
