import { describe, expect, it } from '@jest/globals';

import type { Answer, Reply } from '../../../test/support/loopback.js';
import { ReceiverBench, type Round, describeGoldens } from '../../../test/support/receiver-bench.js';
import { jira } from './jira.receiver.js';

describeGoldens(jira, new URL('./golden/', import.meta.url));

const YAML = `api_url: https://jira.example/rest/api/2
project: OPS
issue_type: Bug
resolve_transition: Done
reopen_transition: To Do
`;
const found = (category: string): Reply => ({
  body: `{"issues":[{"key":"OPS-3","fields":{"status":{"statusCategory":{"key":"${category}"}}}}]}`,
});
const inTurn =
  (...replies: Reply[]): Answer =>
  () =>
    replies.shift() ?? { body: '{}' };
const send = (answer: Answer, { yaml = YAML, round = 'firing' as Round } = {}) =>
  new ReceiverBench(jira).send(yaml, { answer, round });

describe('the step that fails ends the attempt, and is named', () => {
  const limited = { status: 429, headers: { 'Retry-After': '9' }, body: 'slow down' };
  it.each<[string, Answer, Round, number, object]>([
    [
      'the search is refused',
      inTurn({ status: 400, body: 'bad jql' }),
      'firing',
      1,
      {
        kind: 'rejected',
        reason: 'clientError',
        message: 'failed to look up existing issues: HTTP request to JIRA API: unexpected status code 400: bad jql',
      },
    ],
    [
      'the search is limited',
      inTurn(limited),
      'firing',
      1,
      { kind: 'retry', reason: 'rateLimited', retryAfterMs: 9000 },
    ],
    [
      'the search answers nonsense',
      inTurn({ body: 'welcome' }),
      'firing',
      1,
      {
        kind: 'rejected',
        message: "failed to look up existing issues: invalid character 'w' looking for beginning of value",
      },
    ],
    [
      'creating fails',
      inTurn({ body: '{"issues":[]}' }, { status: 500 }),
      'firing',
      2,
      {
        kind: 'retry',
        reason: 'serverError',
        message: 'failed to POST request to "issue": unexpected status code 500',
      },
    ],
    [
      'updating fails',
      inTurn(found('new'), { status: 403 }),
      'firing',
      2,
      {
        kind: 'rejected',
        reason: 'authError',
        message: 'failed to PUT request to "issue/OPS-3": unexpected status code 403',
      },
    ],
    [
      'there is no such transition',
      inTurn(found('new'), {}, { body: '{"transitions":[{"id":"1","name":"done"}]}' }),
      'resolved',
      3,
      { kind: 'rejected', message: "can't find transition Done for issue OPS-3" },
    ],
    [
      'the transition is limited',
      inTurn(found('done'), {}, { body: '{"transitions":[{"id":"1","name":"To Do"}]}' }, { status: 429 }),
      'firing',
      4,
      { kind: 'retry', reason: 'rateLimited', message: 'unexpected status code 429' },
    ],
  ])('%s', async (_name, answer, round, count, outcome) => {
    const sent = await send(answer, { round });
    expect(sent.outcome).toMatchObject(outcome);
    expect(sent.requests).toHaveLength(count);
  });
});

it.each([
  ['project', 'failed to look up existing issues: invalid project template or value: template: '],
  ['summary', 'summary template: template: '],
  ['issue_type', 'issue_type template: template: '],
  ['description', 'description template: template: '],
  ['priority', 'priority template: template: '],
  ['labels', 'labels[0] template: template: '],
  ['fields', 'fields template: template: '],
])('a template that fails is named: %s', async (key, message) => {
  const bad = "'{{ .Nope }}'";
  const value = key === 'labels' ? `[${bad}]` : key === 'fields' ? `{ a: [${bad}] }` : bad;
  const yaml = `${YAML.replace(new RegExp(`^${key}:.*\n`, 'm'), '')}${key}: ${value}\n`;
  const { outcome } = await send(inTurn({ body: '{"issues":[]}' }), { yaml });
  expect(outcome).toMatchObject({ kind: 'rejected', message: expect.stringContaining(message) });
});

it('version 3 takes no plain description', async () => {
  const yaml = YAML.replace('api/2', 'api/3');
  const { outcome } = await send(inTurn({ body: '{"issues":[]}' }), { yaml });
  expect(outcome).toMatchObject({ kind: 'rejected', message: 'description template: invalid JSON for API v3' });
});

it('says when several issues match', async () => {
  const { log } = await send(inTurn({ body: '{"issues":[{"key":"A-2"},{"key":"A-1"}]}' }));
  expect(log).toContain('selected_issue=A-2');
});
