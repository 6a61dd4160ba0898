import { expect, it } from '@jest/globals';

import { ReceiverBench, describeGoldens } from '../../../test/support/receiver-bench.js';
import { victorops } from './victorops.receiver.js';

describeGoldens(victorops, new URL('./golden/', import.meta.url));

const YAML = 'api_key: key-of-victorops\nrouting_key: team\n';

it.each([
  [`${YAML}state_message: '{{ .Nope }}'`, 'templating error: template: '],
  [`${YAML}custom_fields: { a: '{{ .Nope }}' }`, 'templating error: template: '],
  [`api_key: a\nrouting_key: '{{ .Nope }}'`, 'templating error: template: '],
  [
    'api_key_file: /nowhere\nrouting_key: a',
    'failed to read API key from file: open /nowhere: no such file or directory',
  ],
])('%j is not sent', async (yaml, message) => {
  const { outcome, requests } = await new ReceiverBench(victorops).send(yaml);
  expect(outcome).toMatchObject({ kind: 'rejected', reason: 'other', message: expect.stringContaining(message) });
  expect(requests).toEqual([]);
});

it('says when a text is cut', async () => {
  const { log } = await new ReceiverBench(victorops).send(`${YAML}state_message: '{{ printf "%20481s" "x" }}'`);
  expect(log).toMatch(/level=WARN msg="Truncated state_message" group_key=\S+ max_runes=20480/);
});
