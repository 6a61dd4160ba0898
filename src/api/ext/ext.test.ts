import { afterEach, describe, expect, it } from '@jest/globals';

import { startApiServer } from '../../../test/support/api-server.js';
import type { TrialAnswer, TrialRequest } from '../../delivery/trials.js';
import { OPENAPI } from './openapi.js';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function start(answer: TrialAnswer = { kind: 'tried', integrations: [] }) {
  const asked: TrialRequest[] = [];
  const run = async (request: TrialRequest): Promise<TrialAnswer> => {
    asked.push(request);
    return answer;
  };
  const { call, close, metrics } = await startApiServer({ ext: { trials: { run } } });
  closers.push(close);
  const post = async (name: string, body?: unknown) => {
    const text = body === undefined ? {} : { body: JSON.stringify(body) };
    const { status, text: json } = await call(`POST /api/ext/v1/receivers/${name}/test`, text);
    return { status, body: JSON.parse(json) as unknown };
  };
  return { asked, call, post, metrics };
}

describe('POST /api/ext/v1/receivers/{name}/test', () => {
  it('tries everything with a sample when nothing is said', async () => {
    const { asked, post } = await start();
    const told = { receiver: 'team a/b', status: 'firing', dryRun: false };
    expect(await post('team%20a%2Fb')).toEqual({ status: 200, body: { ...told, integrations: [] } });
    expect(asked).toMatchObject([{ ...told, alerts: [], integration: undefined }]);
  });

  it('hands on what is said', async () => {
    const { asked, post } = await start();
    const alerts = [{ labels: { alertname: 'A' }, annotations: { summary: 's' } }];
    await post('x', { alerts, dryRun: true, status: 'resolved', integration: 'slack[0]' });
    const [request] = asked;
    expect(request).toMatchObject({ receiver: 'x', dryRun: true, status: 'resolved', integration: 'slack[0]' });
    expect(request?.alerts.map(({ labels }) => labels.toObject())).toEqual([{ alertname: 'A' }]);
  });

  it.each([
    ['a list', [], 'an object is wanted'],
    ['an unknown member', { dryrun: true }, 'not known here; there are alerts, dryRun, status, integration'],
    ['a wrong status', { status: 'pending' }, 'firing or resolved is wanted'],
    ['a wrong dryRun', { dryRun: 'yes' }, 'true or false is wanted'],
    ['a wrong integration', { integration: 0 }, 'a name is wanted, such as "slack[0]"'],
    ['no list of alerts', { alerts: {} }, 'a list of at most 100 alerts is wanted'],
    ['too many alerts', { alerts: Array.from({ length: 101 }, () => ({})) }, 'a list of at most 100 alerts is wanted'],
    ['an alert without labels', { alerts: [{ labels: {} }] }, 'at least one label pair required'],
    ['labels of a wrong kind', { alerts: [{ labels: { a: 1 } }] }, 'cannot unmarshal number'],
  ])('refuses %s', async (_name, body, message) => {
    const { asked, post } = await start();
    expect(await post('x', body)).toEqual({ status: 400, body: { error: expect.stringContaining(message) } });
    expect(asked).toEqual([]);
  });

  it.each([
    ['broken JSON', '{', 'application/json', 400],
    ['a poisoned object', '{"__proto__":{}}', 'application/json', 400],
    ['another form', 'dryRun=true', 'application/x-www-form-urlencoded', 400],
    ['a huge body', JSON.stringify('x'.repeat(2 ** 20)), 'application/json', 413],
  ])('refuses %s', async (_name, body, type, status) => {
    const { asked, call } = await start();
    const answered = await call('POST /api/ext/v1/receivers/x/test', { body, headers: { 'content-type': type } });
    expect(answered.status).toBe(status);
    expect(asked).toEqual([]);
  });

  it.each([
    ['unknown', 404],
    ['busy', 429],
  ] as const)('says when a receiver is %s', async (kind, status) => {
    const { post } = await start({ kind, message: 'because' });
    expect(await post('x')).toEqual({ status, body: { error: 'because' } });
  });

  it('is counted under its pattern', async () => {
    const { post, metrics } = await start();
    await post('x');
    expect(await metrics.expose('text')).toContain('handler="/api/ext/v1/receivers/:name/test"');
  });
});

it('describes itself', async () => {
  const { call } = await start();
  const { status, text } = await call('GET /api/ext/v1/openapi.json');
  expect(status).toBe(200);
  expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(OPENAPI)));
  for (const [, name] of text.matchAll(/#\/components\/schemas\/(\w+)/g))
    expect(Object.keys(OPENAPI.components.schemas)).toContain(name);
});
