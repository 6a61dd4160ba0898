/** How long does it take to make the data of a notification, and to render the default templates? */
import { load, measure, mustBe, valueOf } from './measure.mjs';
import { anAlertList } from '../lib/alerts.mjs';
import { NOW, notificationOf } from '../lib/notifications.mjs';

const { compileTemplates, templateData, templateDataJson } = await load('domain/template/index.js');
const { encodePayload } = await load('receivers/kit/payload.js');

const small = { labels: { alertname: 'test', job: 'bench' }, annotations: { summary: 'test alert' }, generatorURL: '' };
const notifications = [
  ['50 small alerts', notificationOf(Array.from({ length: 50 }, () => small))],
  ['50 real alerts', notificationOf(anAlertList(50))],
  ['100 real alerts', notificationOf(anAlertList(100))],
  ['1,000 real alerts', notificationOf(anAlertList(1_000))],
];
const templates = valueOf(compileTemplates([]));

for (const [name, notification] of notifications) {
  measure('template', `data, ${name}`, () => templateData(notification));
  const data = templateData(notification);
  mustBe(JSON.parse(templateDataJson(data)).alerts.length, notification.alerts.length, name);
  for (const template of ['slack.default.title', 'email.default.subject', 'opsgenie.default.description'])
    measure('template', `${template}, ${name}`, () => templates.text(`{{ template "${template}" . }}`, data, NOW));
  measure('template', `email.default.html, ${name}`, () =>
    templates.html('{{ template "email.default.html" . }}', data, NOW),
  );
  measure('template', `webhook body of alerts told before, ${name}`, () => encodePayload(notification, 0));
}

let field = 0;
measure('template', 'parse and render a new field', () =>
  templates.text(
    `{{ range .Alerts }}{{ .Labels.alertname }}{{ end }}${field++}`,
    templateData(notifications[0][1]),
    NOW,
  ),
);
