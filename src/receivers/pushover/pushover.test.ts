import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, expect, it } from '@jest/globals';

import { ReceiverBench, describeGoldens } from '../../../test/support/receiver-bench.js';
import { pushover } from './pushover.receiver.js';

describeGoldens(pushover, new URL('./golden/', import.meta.url));

const directory = mkdtempSync(join(tmpdir(), 'pushover-'));
afterAll(() => rmSync(directory, { recursive: true }));

it('takes keys from files, without what surrounds them', async () => {
  writeFileSync(join(directory, 'key'), ' key-{{ .Status }}\n');
  const yaml = `user_key_file: ${join(directory, 'key')}\ntoken_file: ${join(directory, 'key')}`;
  const { requests } = await new ReceiverBench(pushover).send(yaml);
  expect(requests[0]).toContain('&token=key-firing&');
  expect(requests[0]).toContain('&user=key-firing\n');
});

it.each([
  [`user_key: a\ntoken: b\nsound: '{{ .Nope }}'`, 'template: :1:3: '],
  [`user_key: a\ntoken: b\nhtml: true\nmessage: '<a {{ .Nope }}'`, 'template: '],
  ['user_key_file: /nowhere\ntoken: b', 'read user_key_file: open /nowhere: no such file or directory'],
  ['user_key: a\ntoken_file: /nowhere', 'read token_file: open /nowhere: no such file or directory'],
])('%j is not sent', async (yaml, message) => {
  const { outcome, requests } = await new ReceiverBench(pushover).send(yaml);
  expect(outcome).toMatchObject({ kind: 'rejected', reason: 'other', message: expect.stringContaining(message) });
  expect(requests).toEqual([]);
});
