/** How long does it take to make the data of a notification, and to render the default templates? */
import { load, measure, mustBe, valueOf } from './measure.mjs';
import { anAlertList } from '../lib/alerts.mjs';

const { LabelSet } = await load('domain/labels/index.js');
const { Moment } = await load('domain/time/index.js');
const { compileTemplates, templateData, templateDataJson } = await load('domain/template/index.js');
const { encodePayload } = await load('receivers/kit/payload.js');

const NOW = 1_800_000_000_000;

const asAlert = ({ labels, annotations, generatorURL }) => ({
  labels: LabelSet.fromObject(labels),
  annotations: LabelSet.fromObject(annotations),
  startsAt: Moment.of(NOW),
  endsAt: Moment.ZERO,
  updatedAt: NOW,
  generatorURL,
  timeout: false,
});

const notificationOf = (alerts) => ({
  receiver: 'hook',
  groupKey: '{}:{alertname="test"}',
  groupLabels: LabelSet.fromObject({ alertname: 'test' }),
  routeLabels: LabelSet.EMPTY,
  reason: 'first notification',
  alerts,
  flushedAt: NOW,
  externalURL: 'http://example.com',
  data: {},
});

const small = { labels: { alertname: 'test', job: 'bench' }, annotations: { summary: 'test alert' }, generatorURL: '' };
const notifications = [
  ['50 small alerts', notificationOf(Array.from({ length: 50 }, () => asAlert(small)))],
  ['50 real alerts', notificationOf(anAlertList(50).map(asAlert))],
  ['100 real alerts', notificationOf(anAlertList(100).map(asAlert))],
  ['1,000 real alerts', notificationOf(anAlertList(1_000).map(asAlert))],
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
