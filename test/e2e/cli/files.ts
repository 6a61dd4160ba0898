/** Files that the lines in lines.golden.json name as `{files}/…`. */
export const FILES: Readonly<Record<string, string>> = {
  'a.tmpl': `{{ define "x" }}{{ .Status }} {{ range .Alerts }}{{ .Labels.instance }}|{{ .Fingerprint }};{{ end }}{{ .CommonLabels.SortedPairs }} {{ .GroupLabels }} {{ .ExternalURL }} {{ .Receiver }}{{ end }}
`,
  'am.yml': `route:
  receiver: default
  group_by: [alertname]
  group_wait: 1s
  routes:
    - matchers: ['team="db"']
      receiver: db
      continue: true
    - matchers: ['severity=~"critical|page"', 'env!="dev"']
      receiver: pager
      routes:
        - matchers: ['night="yes"']
          receiver: nobody
    - receiver: catch
      matchers: ['"a b"="c\\"d"']
receivers:
  - name: default
  - name: db
  - name: pager
  - name: nobody
  - name: catch
`,
  args: `alertname=foo
# c

bar=baz
`,
  'b.tmpl': `{{ define "h" }}<b>{{ .Status }}</b>{{ len .Alerts.Firing }}/{{ len .Alerts.Resolved }}{{ end }}
`,
  'bad.yml': `route:
  receiver: nope
receivers:
  - name: default
`,
  'data.json': `{"receiver":"r.x","status":"firing","alerts":[{"status":"firing","labels":{"instance":"i1","b":"<&>"},"annotations":{"s":"t"},"startsAt":"2026-01-02T03:04:05.678Z","endsAt":"0001-01-01T00:00:00Z","generatorURL":"http://g","fingerprint":"ff"}],"groupLabels":{"g":"1"},"commonLabels":{"z":"1","alertname":"A","c":"2"},"commonAnnotations":{},"externalURL":"http://e"}
`,
  'empty.json': `[]
`,
  'http.yml': `basic_auth: {username: u, password: p}
`,
  'httpbad.yml': `basic_auth: {username: u}
foo: 1
`,
  'obj.json': `{}
`,
  'sil.json': `[{"id":"11111111-1111-4111-8111-111111111111","comment":"c1","createdBy":"me","endsAt":"2095-01-01T00:00:00.000Z","startsAt":"2025-01-01T00:00:00.000Z","matchers":[{"isEqual":true,"isRegex":false,"name":"i","value":"1"}],"status":{"state":"active"},"updatedAt":"2026-01-01T00:00:00.000Z"}]
`,
  'silbad.json': `[{"comment":"c1","createdBy":"me","endsAt":"0001-01-01T00:00:00.000Z","startsAt":"0001-01-01T00:00:00.000Z","matchers":[{"isRegex":false,"name":"i","value":"1"}]}]
`,
  'silmixed.json': `[{"comment":"c1","createdBy":"me","endsAt":"2095-01-01T00:00:00.000Z","startsAt":"2025-01-01T00:00:00.000Z","matchers":[{"isRegex":false,"name":"i","value":"2"}]},
{"comment":"c1","createdBy":"me","endsAt":"2020-01-01T00:00:00.000Z","startsAt":"2025-01-01T00:00:00.000Z","matchers":[{"isRegex":false,"name":"i","value":"1"}]},
{"comment":"c3","createdBy":"me","endsAt":"2095-01-01T00:00:00.000Z","startsAt":"2025-01-01T00:00:00.000Z","matchers":[]}]
`,
  'syntax.yml': `route: [
`,
  'tmpl.yml': `route:
  receiver: default
receivers:
  - name: default
templates:
  - '*.tmpl'
inhibit_rules:
  - source_matchers: [a=b]
    target_matchers: [c=d]
`,
  'tmplbad.yml': `route:
  receiver: default
receivers:
  - name: default
templates:
  - 'broken/*.tmpl'
`,
  'tmplnone.yml': `route:
  receiver: default
receivers:
  - name: default
templates:
  - 'none/*.tmpl'
`,
  'trunc.json': `[
`,
  'wrongtype.json': `[{"id":5}]
`,
  'broken/bad.tmpl': `{{ define "x" }}{{ .Foo 
`,
};
