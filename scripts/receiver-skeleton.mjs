/** The files of a new integration: one that POSTs a text to a webhook, to be changed into what is wanted. */
const NAME = /^[a-z][a-z0-9]*$/;

/** Path below src/receivers → text. */
export function receiverSkeleton(name) {
  if (!NAME.test(name)) throw new Error('a name is lower-case letters and digits, such as "pagerduty"');
  const type = name[0].toUpperCase() + name.slice(1);
  return new Map([
    [`${name}/${name}.config.ts`, configText(name, type)],
    [`${name}/${name}.receiver.ts`, manifestText(name, type)],
    [`${name}/${name}.test.ts`, testText(name)],
    [`${name}/golden/firing.yml`, GOLDEN_CASE],
    [`${name}/golden/firing.golden`, GOLDEN],
  ]);
}

/** registry.ts with one more import and one more entry. */
export const withReceiver = (registry, name) =>
  withEntry(registry, `import { ${name} } from './${name}/${name}.receiver.js';`, `  ${name},`);

/** kinds.ts, the same. */
export const withKind = (kinds, name) =>
  withEntry(
    kinds,
    `import { ${name}Config } from './${name}/${name}.config.js';`,
    `  kindOf('${name}', ${name}Config),`,
  );

function withEntry(text, line, entry) {
  if (text.includes(line)) throw new Error(`${line} is there already`);
  const lines = text.split('\n');
  const imports = lines.filter((text) => text.startsWith('import '));
  const before = imports.find((text) => fileOf(text) > fileOf(line));
  const at = before === undefined ? lines.lastIndexOf(imports.at(-1)) + 1 : lines.indexOf(before);
  const end = lines.indexOf('];');
  return [...lines.slice(0, at), line, ...lines.slice(at, end), entry, ...lines.slice(end)].join('\n');
}

const fileOf = (line) => line.slice(line.indexOf("'"));

const configText = (name, type) => `/** Settings of \`${name}_configs\`. */
import { requireOne } from '../../config/exclusive.js';
import { httpConfig, receiver, sendResolved, withGlobalHttp } from '../../config/receiver-schema.js';
import { type Infer, path, secretUrl, template } from '../../config/schema/index.js';

const fields = {
  send_resolved: sendResolved(true),
  http_config: httpConfig(),
  webhook_url: secretUrl({ required: true, help: 'Where to POST.' }),
  webhook_url_file: path({ help: 'File with the URL, read for each notification; instead of webhook_url.' }),
  text: template({ default: '{{ .Status }}: {{ len .Alerts }} alerts', help: 'What is sent.' }),
};
export type ${type}Settings = Infer<typeof fields>;

export const ${name}Config = receiver('${name}.${type}Config', fields, {
  order: { printed: 100, checked: 100 },
  check(settings, report) {
    const sources = [
      ['webhook_url', settings.webhookUrl],
      ['webhook_url_file', settings.webhookUrlFile],
    ] as const;
    requireOne(report, sources, 'one of webhook_url or webhook_url_file must be configured');
  },
  inherit: withGlobalHttp,
});
`;

const manifestText = (name, type) => `/** Posts a group to ${type}. */
import type { Outcome } from '../../domain/notify/index.js';
import { deliverJson } from '../kit/deliver-json.js';
import { type HttpAttempt, httpChannel } from '../kit/http-channel.js';
import { secretOrFile } from '../kit/secret-file.js';
import { defineReceiver } from '../receiver.js';
import { type ${type}Settings, ${name}Config } from './${name}.config.js';

export const ${name} = defineReceiver({
  type: '${name}',
  yamlKey: '${name}_configs',
  config: ${name}Config,
  build: (settings, context) => httpChannel(settings, context, send),
  example: \`send_resolved: true
http_config:
  follow_redirects: true
webhook_url: https://hooks.example.com/0123456789-${name}-url-secret
text: '{{ .Status }}: {{ .CommonAnnotations.summary }}'
\`,
});

async function send(attempt: HttpAttempt<${type}Settings>): Promise<Outcome> {
  const { settings, renderer, conceal } = attempt;
  const text = renderer.text(settings.text);
  renderer.check();
  const url = conceal(await secretOrFile(settings.webhookUrl, settings.webhookUrlFile, 'read webhook_url_file'));
  return deliverJson(attempt, url, { text });
}
`;

const testText = (name) => `import { expect, it } from '@jest/globals';

import { ReceiverBench, describeGoldens } from '../../../test/support/receiver-bench.js';
import { describeUrlFile } from '../../../test/support/url-file.js';
import { ${name} } from './${name}.receiver.js';

describeGoldens(${name}, new URL('./golden/', import.meta.url));
describeUrlFile(${name});

it('a text that cannot be rendered ends the notification', async () => {
  const yaml = "webhook_url: https://hooks.example.com/key\\ntext: '{{ .Nope }}'";
  const { outcome, requests } = await new ReceiverBench(${name}).send(yaml);
  expect(outcome).toMatchObject({ kind: 'rejected', reason: 'other' });
  expect(requests).toEqual([]);
});
`;

const GOLDEN_CASE = `rounds: [firing]
settings:
  webhook_url: https://hooks.example.com/key
`;

const GOLDEN = `POST https://hooks.example.com/key
content-type: application/json
user-agent: Alertmanager/0.34.0

{"text":"firing: 2 alerts"}
`;
