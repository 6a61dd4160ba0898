/**
 * Compares random templates with Go, live: every difference is printed with its seed. Skips where there is no Go.
 *
 *   npm run build && node test/compat/template/random.mjs [seed] [count]
 */
import { findGo, askGo, data } from './oracle.mjs';
import { same } from './normalise.mjs';
import { templates } from './generator.mjs';

const [seed = 1, count = 20_000] = process.argv.slice(2).map(Number);

if (!findGo()) {
  console.log('skipped: there is no Go on this machine');
  process.exit(0);
}

const load = (path) => import(new URL(`../../../dist/domain/${path}/index.js`, import.meta.url));
const { compileTemplates, templateData } = await load('template');
const { LabelSet } = await load('labels');
const { Moment } = await load('time');

const moment = (text) => new Moment(Date.parse(text), text);
const flushedAt = Date.parse('2026-08-01T00:00:00Z');
const alerts = data.alerts.map((alert) => {
  const labels = LabelSet.fromObject(alert.labels);
  Object.defineProperty(labels, 'fingerprint', { value: alert.fingerprint });
  return {
    ...alert,
    labels,
    annotations: LabelSet.fromObject(alert.annotations),
    startsAt: moment(alert.startsAt),
    endsAt: alert.status === 'firing' ? moment('2036-01-01T00:00:00Z') : moment(alert.endsAt),
  };
});
const notification = {
  ...data,
  reason: data.notification_reason,
  groupLabels: LabelSet.fromObject(data.groupLabels),
  routeLabels: LabelSet.fromObject(data.routeLabels),
  alerts,
  flushedAt,
};

const set = compileTemplates([]).value;
const rendered = templateData(notification);
const cases = [...templates(seed, count)];
const answers = await askGo(cases);
let different = 0;
cases.forEach((each, index) => {
  let got;
  try {
    got = { out: set[each.engine](each.text, rendered, 0) };
  } catch (error) {
    got = { err: error.name === 'TemplateError' ? error.message : `not a template error: ${error.stack}` };
  }
  if (same(got, answers[index])) return;
  different++;
  console.log(JSON.stringify({ seed, index, ...each, go: answers[index], ours: got }));
});
console.log(JSON.stringify({ seed, count, different, errors: answers.filter(({ err }) => err !== undefined).length }));
process.exit(different === 0 ? 0 : 1);
