/** Transcripts of the tools that talk to a router: what is ours, and what we say otherwise than amtool. The rest is in test/e2e/cli.test.ts. */
import { describe, expect, it } from '@jest/globals';
import {
  type Transcript,
  apiAlert,
  apiSilence,
  apiStatus,
  cannedRouter,
  failure,
} from '../../test/support/canned-router.js';
import { VirtualClock } from '../../test/support/virtual-clock.js';
import { type Duration, duration } from '../domain/time/index.js';
import type { Timer } from '../platform/clock.js';

const router = cannedRouter();

describe('what a router answers', () => {
  it.each([
    [400, '"bad matcher"', '[GET /alerts][400] getAlertsBadRequest "bad matcher"'],
    [400, 'a proxy <b>', '[GET /alerts][400] getAlertsBadRequest "a proxy \\u003cb\\u003e"'],
    [400, '{"code":400}', '[GET /alerts][400] getAlertsBadRequest {"code":400}'],
    [500, '"oh"', '[GET /alerts][500] getAlertsInternalServerError "oh"'],
    [401, 'Unauthorized', '[GET /alerts] getAlerts (status 401): Unauthorized'],
    [503, '', '[GET /alerts] getAlerts (status 503): {}'],
    [200, '<html>', "[GET /alerts] the answer is not JSON: is this a router's URL?"],
    [200, '{}', "the router's answer is not understood: a list is wanted where {} stands"],
    [200, '[5]', "the router's answer is not understood: an object is wanted where 5 stands"],
  ])('%d %s', async (code, body, message) => {
    router.answer('GET /api/v2/alerts', body, code);
    expect(await router.ask(['alert'])).toEqual(failure(message));
  });

  it('is told for ids too', async () => {
    router.answer('DELETE /api/v2/silence/x', { code: 601, message: 'no uuid' }, 422);
    const message = '[DELETE /silence/{silenceID}] deleteSilence (status 422): {"code":601,"message":"no uuid"}';
    expect(await router.ask(['silence', 'expire', 'x'])).toEqual(failure(message));
  });

  it('may come from an older router, without lists and signs that it does not know', async () => {
    router.answer('GET /api/v2/alerts', [
      apiAlert('A', { status: { state: 'active', inhibitedBy: [], silencedBy: [] } }),
    ]);
    expect((await router.ask(['alert', '-o', 'json'])).out).toContain(
      '"status":{"inhibitedBy":[],"mutedBy":null,"silencedBy":[],',
    );
    router.answer('GET /api/v2/silences', [apiSilence('1', { matchers: [{ name: 'a', value: 'b', isRegex: true }] })]);
    expect((await router.ask(['silence', '-o', 'json'])).out).toContain(
      '"matchers":[{"isRegex":true,"name":"a","value":"b"}]',
    );
    expect((await router.ask(['silence'])).out).toContain('a=~"b"');
  });

  it('names labels as it likes', async () => {
    router.answer(
      'GET /api/v2/alerts',
      `[${JSON.stringify(apiAlert('A')).replace('"alertname"', '"__proto__":"p","10":"x","9":"y","alertname"')}]`,
    );
    expect((await router.ask(['alert', '-o', 'json'])).out).toContain(
      '"labels":{"10":"x","9":"y","__proto__":"p","alertname":"A"}',
    );
  });
});

describe('alerts and silences', () => {
  it.each([
    [[], 'active=true&inhibited=false&silenced=false&unprocessed=false'],
    [['-u'], 'active=true&inhibited=false&silenced=false&unprocessed=true'],
    [['-s'], 'active=false&inhibited=false&silenced=true&unprocessed=false'],
    [['-sia'], 'active=true&inhibited=true&silenced=true&unprocessed=false'],
    [
      ['-r', 'a|b', 'x', 'y=z'],
      'active=true&filter=alertname%3D%22x%22&filter=y%3Dz&inhibited=false&receiver=a%7Cb&silenced=false&unprocessed=false',
    ],
  ])('alert query %j asks for %s', async (args, parameters) => {
    router.answer('GET /api/v2/alerts', []);
    await router.ask(['alert', 'query', ...args]);
    expect(router.seen.map(({ line }) => line)).toEqual([`GET /api/v2/alerts?${parameters}`]);
  });

  it('says on stderr what the grammars disagree about', async () => {
    router.answer('POST /api/v2/alerts', '');
    const { out, err } = await router.ask(['alert', 'add', 'a', 'b=c d']);
    expect(out).toBe('');
    expect(err).toMatch(/^Warning: .*: b=c d \(write b="c d"\)\n$/);
    expect(router.seen[0]?.body).toEqual([{ annotations: {}, labels: { alertname: 'a', b: 'c d' } }]);
  });

  it('does not take a comment for the name of a file', async () => {
    router.answer('POST /api/v2/silences', { silenceID: '1' });
    expect(await router.ask(['silence', 'add', 'x', '-c', '@ops: please'])).toEqual({ out: '1\n', err: '', code: 0 });
    expect(router.seen[0]?.body).toMatchObject({ createdBy: 'ann', comment: '@ops: please' });
  });

  it('prints the ids of changed silences', async () => {
    router.answer('GET /api/v2/silence/1', apiSilence('1'));
    router.answer('POST /api/v2/silences', { silenceID: '2' });
    expect((await router.ask(['silence', 'update', '-q', '1', '-d', '2h'])).out).toBe('2\n');
    expect(router.seen[1]?.body).toMatchObject({
      id: '1',
      startsAt: '2026-01-01T10:00:00.000Z',
      endsAt: '2026-01-01T12:00:00.000Z',
    });
  });

  it('shows values, not addresses, in the extended configuration', async () => {
    router.answer('GET /api/v2/status', apiStatus('0.34.0'));
    expect((await router.ask(['config', '-o', 'extended'])).out).toBe(`route:
  receiver: x
receivers:
  - name: x

buildUser u
goVersion g
revision r
version 0.34.0
branch b
buildDate d
uptime 2026-01-01T10:00:00.000Z
`);
  });

  it('sorts members of a cluster by number', async () => {
    router.answer('GET /api/v2/status', apiStatus('0.34.0'));
    expect((await router.ask(['cluster', '-o', 'extended'])).out).toBe(`Cluster Status:  ready
Node Name:       n

Address         Name
9.0.0.1:1       p  
10.0.0.2:80     p  
10.0.0.2:9094   p  
10.0.0.10:9094  p  
`);
  });
});

describe('silence import', () => {
  const ended = { startsAt: '2020-01-01T00:00:00.000Z', endsAt: '2020-01-01T02:00:00.000Z' };
  const importing = (text: string, ...args: readonly string[]): Promise<Transcript> =>
    router.ask(['silence', 'import', ...args], {
      readInput: async () => text,
      clock: new VirtualClock(),
      errIsTerminal: false,
    });

  it.each([
    ['nothing', '', 'EOF'],
    ['half a list', '[', 'Unexpected end of JSON input'],
    ['an object', '{}', 'a list of silences is wanted'],
    ['a list of something else', '[{}, 5]', 'entry 1 is not a silence'],
  ])('sends nothing when it is given %s', async (_name, text, why) => {
    const { err, code } = await importing(text);
    expect([err, code]).toEqual([expect.stringContaining(`couldn't unmarshal input data, is it JSON?: ${why}`), 1]);
    expect(router.seen).toEqual([]);
  });

  it('sends what a silence is made of', async () => {
    router.answer('POST /api/v2/silences', { silenceID: '1' });
    expect((await importing(JSON.stringify([apiSilence('1', { zzz: 1 })]))).out).toBe('1\n');
    expect(Object.keys(router.seen[0]?.body as object)).toEqual([
      'id',
      'startsAt',
      'endsAt',
      'matchers',
      'createdBy',
      'comment',
    ]);
    await importing(JSON.stringify([apiSilence('1')]), '--force');
    expect(router.seen[1]?.body).not.toHaveProperty('id');
  });

  it('makes anew what the router does not know', async () => {
    router.answer('POST /api/v2/silences', '"unknown"', 404);
    const { err, code } = await importing(JSON.stringify([apiSilence('1')]));
    expect(router.seen.map(({ body }) => 'id' in (body as object))).toEqual([true, false]);
    expect([err, code]).toEqual([
      `Error adding silence id='1': [POST /silences][404] postSilencesNotFound "unknown"\ntocsin: error: couldn't import 1 out of 1 silences\n\n`,
      1,
    ]);
  });

  it('renews on demand what has ended, for as long as it was', async () => {
    router.answer('POST /api/v2/silences', { silenceID: '1' });
    await importing(JSON.stringify([apiSilence('1', ended), apiSilence('2')]), '--renew', '-w', '1');
    expect(router.seen.map(({ body }) => body)).toMatchObject([
      { startsAt: '2026-01-01T12:00:00.000Z', endsAt: '2026-01-01T14:00:00.000Z' },
      { id: '2', endsAt: '2099-01-01T11:00:00.000Z' },
    ]);
    expect(router.seen[0]?.body).not.toHaveProperty('id');
    await importing(JSON.stringify([apiSilence('1', ended)]));
    expect(router.seen[2]?.body).toMatchObject({ id: '1', ...ended });
  });

  it('counts for whoever waits at a terminal', async () => {
    router.answer('POST /api/v2/silences', { silenceID: '1' });
    const many = JSON.stringify(['1', '2', '3'].map((id) => apiSilence(id)));
    const { err } = await router.ask(['silence', 'import'], {
      readInput: async () => many,
      clock: new VirtualClock(),
      errIsTerminal: true,
    });
    expect(err).toBe('\r\u001b[Kimported: 1 of 3\r\u001b[Kimported: 3 of 3\n');
  });
});

describe('--watch', () => {
  const INTERVAL = duration(2_000);

  /** The router answers the same twice, then fails, then answers something else. */
  async function watch(outIsTerminal: boolean): Promise<string> {
    const controller = new AbortController();
    const answers = [[apiSilence('1')], [apiSilence('1')], undefined, [apiSilence('2')]];
    const look = (): void => {
      if (answers.length === 0) return controller.abort();
      const body = answers.shift();
      router.answer('GET /api/v2/silences', body ?? '"down"', body ? 200 : 500);
    };
    /** The time between two answers passes as soon as it is waited for. */
    class ImpatientClock extends VirtualClock {
      override after(delay: Duration, call: () => void): Timer {
        const timer = super.after(delay, call);
        if (delay === INTERVAL) queueMicrotask(() => (look(), void this.advance(delay)));
        return timer;
      }
    }
    look();
    const args = ['silence', '-q', '--watch', '--watch.interval=2s'];
    const clock = new ImpatientClock();
    return (await router.ask(args, { clock, outIsTerminal, interruption: () => controller.signal })).out;
  }

  it('prints what changes', async () => {
    expect(await watch(false)).toBe('1\n[GET /silences][500] getSilencesInternalServerError "down"\n2\n');
  });

  it('keeps a terminal up to date', async () => {
    const clear = '\u001b[H\u001b[2J\u001b[3J';
    expect(await watch(true)).toBe(
      `${clear}1\n${clear}1\n${clear}[GET /silences][500] getSilencesInternalServerError "down"\n${clear}2\n`,
    );
  });

  it('ends when the first answer is a failure', async () => {
    expect((await router.ask(['silence', '--watch'])).code).toBe(1);
  });
});
