/**
 * Records what Alertmanager's own tool renders: every default template for every notification, and expressions with the
 * functions that are Alertmanager's own.
 *
 *   AMTOOL=/path/to/amtool node test/compat/template/record-alertmanager.mjs
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const amtool = process.env.AMTOOL;
if (!amtool) {
  console.log('skipped: AMTOOL does not name the program to ask');
  process.exit(0);
}

const file = (name) => new URL(`alertmanager/${name}`, import.meta.url);
const read = (name) => JSON.parse(readFileSync(file(name), 'utf8'));
const LISTS = new Set(['__text_alert_list', '__text_alert_list_markdown', 'pagerduty.default.instances']);

const folder = mkdtempSync(join(tmpdir(), 'amtool-'));
const dataFile = join(folder, 'data.json');

function render(engine, text, data) {
  writeFileSync(dataFile, JSON.stringify(data));
  const flags = [`--template.glob=${folder}/*.tmpl`, `--template.type=${engine}`, `--template.data=${dataFile}`];
  const { status, stdout, stderr } = spawnSync(amtool, ['template', 'render', ...flags, `--template.text=${text}`], {
    encoding: 'utf8',
    env: { ...process.env, TZ: 'UTC' },
  });
  return status === 0 ? { out: stdout } : { err: stderr.trim().replace(/^amtool: error: /, '') };
}

try {
  const notifications = read('notifications.json');
  const recorded = [];
  for (const { name, data } of notifications)
    for (const template of read('names.json'))
      for (const engine of template === 'email.default.html' ? [] : ['text', 'html']) {
        const text = `{{ template "${template}" ${LISTS.has(template) ? '.Alerts' : '.'} }}`;
        recorded.push({ notification: name, engine, text, ...render(engine, text, data) });
      }
  for (const text of read('expressions.json'))
    recorded.push({ notification: 'mixed', engine: 'text', text, ...render('text', text, notifications[0].data) });
  writeFileSync(file('recorded.json'), `${JSON.stringify(recorded, null, 1)}\n`);
} finally {
  rmSync(folder, { recursive: true });
}
