import { expect, it } from '@jest/globals';

import { ReceiverBench, describeGoldens } from '../../../test/support/receiver-bench.js';
import { webex } from './webex.receiver.js';

const HTTP = 'http_config: { authorization: { credentials: bot-token } }\n';

describeGoldens(webex, new URL('./golden/', import.meta.url));

it.each([
  ['message', "room_id: r\nmessage: '{{ .Nope }}'"],
  ['room', "room_id: '{{ .Nope }}'"],
])('a %s that cannot be rendered ends the notification', async (_name, yaml) => {
  const { outcome, requests } = await new ReceiverBench(webex).send(HTTP + yaml);
  expect(outcome).toMatchObject({ kind: 'rejected', reason: 'other', message: expect.stringMatching(/^template: /) });
  expect(requests).toEqual([]);
});

// Alertmanager 0.34 ends as a whole at such a text: more bytes than fit, in fewer characters.
it('cuts a text of long characters', async () => {
  const yaml = `${HTTP}room_id: r\nmessage: '{{ "${'é'.repeat(5000)}" }}'`;
  const { outcome, requests, log } = await new ReceiverBench(webex).send(yaml);
  expect(outcome).toEqual({ kind: 'delivered' });
  const { markdown } = JSON.parse(requests[0]?.split('\n').at(-2) ?? '') as { markdown: string };
  expect(markdown).toBe(`${'é'.repeat(3718)}…`);
  expect(log).toContain('msg="Truncated message"');
});
