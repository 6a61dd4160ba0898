/**
 * The body of the e-mail: tables and inline styles, because mail programs know little else.
 *
 * The subject, then who and how many on a coloured banner, a button to the router, then the firing and the resolved
 * alerts with their labels, annotations and source.
 */
const FONT = 'font-family:Helvetica,Arial,sans-serif;font-size:14px;line-height:1.5;color:#222222';
const MUTED = 'font-family:Helvetica,Arial,sans-serif;font-size:12px;color:#888888';
const CELL = `${FONT};padding:0 0 20px 0;vertical-align:top`;
const BUTTON =
  'display:inline-block;padding:8px 20px;border-radius:5px;background-color:#348EDA;color:#FFFFFF;font-weight:bold;text-decoration:none';
const LINK = 'color:#348EDA;text-decoration:underline';
const BANNER = `${FONT};color:#FFFFFF;font-size:16px;font-weight:bold;padding:20px;text-align:center;border-radius:3px 3px 0 0`;

const row = (content: string, style = CELL): string => `<tr><td style="${style}">${content}</td></tr>\n`;
const pairs = (kv: string): string => `{{ range ${kv}.SortedPairs }}{{ .Name }} = {{ .Value }}<br>\n{{ end }}`;

/** Dot is one alert. */
const ALERT = [
  '<strong>Labels</strong><br>\n',
  pairs('.Labels'),
  '{{ if gt (len .Annotations) 0 }}<strong>Annotations</strong><br>\n{{ end }}',
  pairs('.Annotations'),
  `<a href="{{ .GeneratorURL }}" style="${LINK}">Source</a><br>\n`,
].join('');

const alerts = (state: string): string =>
  `${row(`<strong>[{{ len .Alerts.${state} }}] ${state}</strong>`)}{{ range .Alerts.${state} }}${row(ALERT)}{{ end }}`;

const HEAD = [
  '<head>\n<meta name="viewport" content="width=device-width">\n',
  '<meta http-equiv="Content-Type" content="text/html; charset=UTF-8">\n',
  '<title>{{ template "__subject" . }}</title>\n</head>\n',
].join('');

const banner = (color: string): string => `<td style="${BANNER};background-color:${color}">`;

const BODY = [
  '<tr>',
  `{{ if gt (len .Alerts.Firing) 0 }}${banner('#E6522C')}{{ else }}${banner('#68B90F')}{{ end }}\n`,
  '{{ len .Alerts }} alert{{ if gt (len .Alerts) 1 }}s{{ end }} for ',
  '{{ range .GroupLabels.SortedPairs }}{{ .Name }}={{ .Value }} {{ end }}\n</td></tr>\n',
  `<tr><td style="padding:30px">\n<table width="100%" cellpadding="0" cellspacing="0">\n`,
  row(`<a href="{{ template "__alertmanagerURL" . }}" style="${BUTTON}">View in {{ template "__alertmanager" . }}</a>`),
  `{{ if gt (len .Alerts.Firing) 0 }}${alerts('Firing')}{{ end }}`,
  `{{ if gt (len .Alerts.Resolved) 0 }}{{ if gt (len .Alerts.Firing) 0 }}${row('<hr>')}{{ end }}${alerts('Resolved')}{{ end }}`,
  '</table>\n</td></tr>\n',
].join('');

export const EMAIL_HTML = [
  `<!DOCTYPE html>\n<html>\n${HEAD}<body style="${FONT};margin:0;background-color:#F6F6F6">\n`,
  '<table width="100%" cellpadding="0" cellspacing="0" style="background-color:#F6F6F6"><tr><td align="center" style="padding:20px">\n',
  '<table width="600" cellpadding="0" cellspacing="0" style="max-width:600px;background-color:#FFFFFF;border:1px solid #E9E9E9;border-radius:3px">\n',
  BODY,
  '</table>\n',
  `<p style="${MUTED}"><a href="{{ .ExternalURL }}" style="${MUTED}">Sent by {{ template "__alertmanager" . }}</a></p>\n`,
  '</td></tr></table>\n</body>\n</html>\n',
].join('');
