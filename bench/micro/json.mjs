/** How long does a batch of 64 alerts take from bytes to alerts, and 10,000 alerts from alerts to the API's JSON? */
import { load, measure, mustBe } from './measure.mjs';
import { anAlertList } from '../lib/alerts.mjs';

const { completeAlert, mergeAlerts } = await load('domain/alert/index.js');
const { LabelSet } = await load('domain/labels/index.js');
const { AlertReader } = await load('api/v2/alert-body.js');
const { alertJson } = await load('api/v2/alert-json.js');

const NOW = Date.now();
const HOUR_MS = 3_600_000;
const body = Buffer.from(JSON.stringify(anAlertList(64)));

function read(values) {
  const reader = new AlertReader();
  reader.read(values);
  return reader.alerts;
}
const parsed = JSON.parse(body.toString());
mustBe(read(parsed).length, 64, 'alerts read');

measure('json', `parse a batch, ${body.length} bytes`, () => JSON.parse(body.toString()));
measure('json', 'check and read a parsed batch', () => read(parsed));
const posted = read(parsed);
measure('json', 'fill in a batch', () => posted.map((alert) => completeAlert(alert, HOUR_MS, NOW)));
const complete = posted.map((alert) => completeAlert(alert, HOUR_MS, NOW));
measure('json', 'merge a batch with itself', () => complete.map((alert) => mergeAlerts(alert, alert, NOW)));

const pairs = anAlertList(1_000).map(({ labels }) => labels);
measure('json', 'label set and fingerprint of a new alert', (n) => LabelSet.fromObject(pairs[n % 1_000]).fingerprint);

const status = { silencedBy: [], inhibitedBy: [], mutedBy: [] };
const view = (alert) => ({ alert, receivers: ['hook'], status, state: 'active', silencedBy: [], inhibitedBy: [] });
const views = Array.from({ length: 10_000 }, (_, n) => view(complete[n % 64]));
measure('json', 'write 10,000 alerts written before', () => {
  let length = 0;
  for (const each of views) length += alertJson(each, ['hook'], []).length;
  return length;
});
measure('json', 'write 64 alerts for the first time', () => {
  let length = 0;
  for (const alert of complete) length += alertJson(view({ ...alert }), ['hook'], []).length;
  return length;
});
