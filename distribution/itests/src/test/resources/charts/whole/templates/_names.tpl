{{- define "migration" -}}
{{ .Release.Name }}-migration-{{ .Values.migrationImage | sha256sum | trunc 8 }}
{{- end -}}
