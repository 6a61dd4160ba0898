import { describe, expect, it } from '@jest/globals';

import { cannedRouter, failure } from '../../../test/support/canned-router.js';

const router = cannedRouter();
const LINE = 'POST /api/ext/v1/receivers/team%20a/test';
const exchange = { request: 'POST http://x.example/<secret>', headers: {}, body: '{"a":1}\n', durationMs: 3 };
const trial = (...integrations: object[]): object => ({
  receiver: 'team a',
  status: 'firing',
  dryRun: false,
  integrations,
});
const fine = {
  integration: 'webhook[0]',
  status: 'delivered',
  durationMs: 4,
  exchanges: [{ ...exchange, status: 200 }],
};

describe('test-receiver', () => {
  it.each([
    [[], { status: 'firing', dryRun: false }],
    [
      ['--resolved', '--dry-run', '--integration=slack[0]'],
      { status: 'resolved', dryRun: true, integration: 'slack[0]' },
    ],
    [
      ['--alert', 'alertname=A', '--alert', 'n=1', '--annotation', 'summary=s'],
      {
        status: 'firing',
        dryRun: false,
        alerts: [{ labels: { alertname: 'A', n: '1' }, annotations: { summary: 's' } }],
      },
    ],
  ])('with %j', async (args, body) => {
    router.answer(LINE, trial(fine));
    expect(await router.ask(['test-receiver', 'team a', ...args])).toMatchObject({ code: 0, err: '' });
    expect(router.seen).toMatchObject([{ line: LINE, body }]);
  });

  it('prints a table, and fails when one fails', async () => {
    const broken = {
      integration: 'email[0]',
      status: 'failed',
      message: 'dial tcp:\n refused',
      durationMs: 1,
      exchanges: [],
    };
    router.answer(LINE, trial(fine, broken));
    expect(await router.ask(['test-receiver', 'team a'])).toEqual({
      out:
        'Integration  Result     Time  Answers  Message            \n' +
        'webhook[0]   delivered  4ms   200                         \n' +
        'email[0]     failed     1ms            dial tcp: refused  \n',
      err: '',
      code: 1,
    });
  });

  it('shows what a dry run would send', async () => {
    router.answer(LINE, trial({ ...fine, status: 'rendered', exchanges: [exchange] }));
    const { out } = await router.ask(['test-receiver', 'team a', '--dry-run']);
    expect(out).toMatch(/\n\nwebhook\[0\]: POST http:\/\/x\.example\/<secret>\n\{"a":1\}\n$/);
  });

  it('hands programs the answer as it is', async () => {
    router.answer(LINE, trial(fine));
    expect(JSON.parse((await router.ask(['test-receiver', 'team a', '-o', 'json'])).out)).toEqual(trial(fine));
  });

  it.each([
    [[], 'no receiver specified'],
    [['team a', '--annotation=a=b'], 'annotations need an alert: give its labels'],
    [['team a', '--alert=a!=b'], 'labels must be specified as key=value pairs'],
  ])('refuses %j', async (args, message) => {
    expect(await router.ask(['test-receiver', ...args])).toEqual(failure(message));
  });

  it('says what the router says', async () => {
    router.answer(LINE, { error: 'no receiver is called "team a"; there are: x' }, 404);
    expect((await router.ask(['test-receiver', 'team a'])).err).toContain('there are: x');
  });
});
