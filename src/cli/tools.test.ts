/** Transcripts of the tools: what is ours, and what we say otherwise than amtool. The rest is in test/e2e/cli.test.ts. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { VirtualClock } from '../../test/support/virtual-clock.js';
import { type Duration, duration } from '../domain/time/index.js';
import { type Timer, systemClock } from '../platform/clock.js';
import { systemIds } from '../platform/ids.js';
import { type ToolIo, runTool } from './main.js';

interface Canned {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}
interface Seen {
  readonly line: string;
  readonly authorization: string | undefined;
  readonly body: unknown;
}

const ANSWERS = new Map<string, Canned>();
const SEEN: Seen[] = [];
let server: Server;
let url = '';
let directory = '';

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return chunks.length === 0 ? undefined : JSON.parse(Buffer.concat(chunks).toString());
}

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'tocsin-tools-'));
  server = createServer(async (request, response) => {
    const line = `${request.method} ${request.url}`;
    const { authorization } = request.headers;
    SEEN.push({ line, authorization, body: await readBody(request) });
    const { status, body, headers } = ANSWERS.get(line.replace(/\?.*/, '')) ?? { status: 404, body: 'nothing here' };
    response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.close();
  rmSync(directory, { recursive: true });
});

beforeEach(() => {
  SEEN.length = 0;
  ANSWERS.clear();
});

const answer = (line: string, body: unknown, status = 200, headers?: Canned['headers']): void =>
  void ANSWERS.set(line, { status, body, ...(headers && { headers }) });

function writeText(name: string, text: string): string {
  const path = join(directory, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

interface Transcript {
  readonly out: string;
  readonly err: string;
  readonly code: number;
}

async function tool(args: readonly string[], surroundings: Partial<ToolIo> = {}): Promise<Transcript> {
  const written = { out: '', err: '' };
  const code = await runTool(args, {
    program: 'tocsin',
    out: (text) => void (written.out += text),
    err: (text) => void (written.err += text),
    outIsTerminal: false,
    errIsTerminal: false,
    readInput: async () => undefined,
    environment: {},
    userName: 'ann',
    clock: systemClock,
    ids: systemIds,
    interruption: () => new AbortController().signal,
    ...surroundings,
  });
  return { ...written, code };
}

/** Against the canned router, without the look at its version. */
const ask = (args: readonly string[], surroundings?: Partial<ToolIo>): Promise<Transcript> =>
  tool([`--alertmanager.url=${url}`, '--no-version-check', ...args], surroundings);

const failure = (message: string): Transcript => ({ out: '', err: `tocsin: error: ${message}\n\n`, code: 1 });

const alert = (alertname: string, more: object = {}): object => ({
  labels: { alertname },
  annotations: {},
  startsAt: '2026-01-01T10:00:00.000Z',
  endsAt: '2026-01-01T11:00:00.000Z',
  updatedAt: '2026-01-01T10:00:00.000Z',
  fingerprint: 'f',
  receivers: [{ name: 'r' }],
  status: { state: 'active', inhibitedBy: [], silencedBy: [], mutedBy: [] },
  ...more,
});

const silence = (id: string, more: object = {}): object => ({
  id,
  status: { state: 'active' },
  updatedAt: '2026-01-01T10:00:00.000Z',
  startsAt: '2026-01-01T10:00:00.000Z',
  endsAt: '2099-01-01T11:00:00.000Z',
  matchers: [{ name: 'a', value: 'b', isRegex: false, isEqual: true }],
  createdBy: 'ann',
  comment: 'c',
  ...more,
});

const status = (version: string): object => ({
  cluster: {
    name: 'n',
    status: 'ready',
    peers: ['10.0.0.2:9094', '10.0.0.10:9094', '10.0.0.2:80', '9.0.0.1:1'].map((address) => ({ address, name: 'p' })),
  },
  versionInfo: { branch: 'b', buildDate: 'd', buildUser: 'u', goVersion: 'g', revision: 'r', version },
  config: { original: 'route:\n  receiver: x\nreceivers:\n  - name: x\n' },
  uptime: '2026-01-01T10:00:00.000Z',
});

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
    answer('GET /api/v2/alerts', body, code);
    expect(await ask(['alert'])).toEqual(failure(message));
  });

  it('is told for ids too', async () => {
    answer('DELETE /api/v2/silence/x', { code: 601, message: 'no uuid' }, 422);
    const message = '[DELETE /silence/{silenceID}] deleteSilence (status 422): {"code":601,"message":"no uuid"}';
    expect(await ask(['silence', 'expire', 'x'])).toEqual(failure(message));
  });

  it('may come from an older router, without lists and signs that it does not know', async () => {
    answer('GET /api/v2/alerts', [alert('A', { status: { state: 'active', inhibitedBy: [], silencedBy: [] } })]);
    expect((await ask(['alert', '-o', 'json'])).out).toContain(
      '"status":{"inhibitedBy":[],"mutedBy":null,"silencedBy":[],',
    );
    answer('GET /api/v2/silences', [silence('1', { matchers: [{ name: 'a', value: 'b', isRegex: true }] })]);
    expect((await ask(['silence', '-o', 'json'])).out).toContain(
      '"matchers":[{"isRegex":true,"name":"a","value":"b"}]',
    );
    expect((await ask(['silence'])).out).toContain('a=~"b"');
  });

  it('names labels as it likes', async () => {
    answer(
      'GET /api/v2/alerts',
      `[${JSON.stringify(alert('A')).replace('"alertname"', '"__proto__":"p","10":"x","9":"y","alertname"')}]`,
    );
    expect((await ask(['alert', '-o', 'json'])).out).toContain(
      '"labels":{"10":"x","9":"y","__proto__":"p","alertname":"A"}',
    );
  });
});

describe('the way to a router', () => {
  it.each([
    ['0.25.0', 'Warning: tocsin version (0.34.0) and alertmanager version (0.25.0) are different.\n'],
    ['0.34.7', ''],
    ['', ''],
  ])('warns about another version than its own: %j', async (version, warning) => {
    answer('GET /api/v2/alerts', []);
    answer('GET /api/v2/status', status(version));
    expect((await tool([`--alertmanager.url=${url}`, 'alert'])).err).toBe(warning);
  });

  it('takes user and password from the URL and shows neither', async () => {
    answer('GET /prefix/api/v2/alerts', []);
    const withUser = url.replace('//', '//me:s%40crt@');
    expect(
      (await tool([`--alertmanager.url=${withUser}/prefix//`, '--no-version-check', '-v', 'alert'])).err,
    ).not.toMatch(/s@crt|s%40crt/);
    expect(SEEN[0]?.authorization).toBe(`Basic ${Buffer.from('me:s@crt').toString('base64')}`);
  });

  it('takes host and port for a URL', async () => {
    answer('GET /api/v2/alerts', []);
    expect(
      (await tool([`--alertmanager.url=${url.slice('http://'.length)}`, '--no-version-check', 'alert'])).code,
    ).toBe(0);
  });

  it.each([
    ['ftp://x', 'unsupported protocol scheme "ftp" in --alertmanager.url'],
    ['http://u:secret@x:y', '--alertmanager.url is not a URL: http://x:y'],
  ])('refuses %s', async (address, message) => {
    expect(await tool([`--alertmanager.url=${address}`, 'alert'])).toEqual(failure(message));
  });

  it('follows redirects', async () => {
    answer('GET /api/v2/alerts', '', 308, { location: '/elsewhere' });
    answer('GET /elsewhere', []);
    expect((await ask(['alert'])).code).toBe(0);
    expect(SEEN.at(-1)?.line).toBe('GET /elsewhere');
  });

  it('uses the HTTP client of the configuration when there is one', async () => {
    answer('GET /api/v2/alerts', []);
    writeText('password', 'pw\n');
    const file = writeText('http.yml', 'basic_auth:\n  username: u\n  password_file: password\n');
    expect(await ask([`--http.config.file=${file}`, 'alert', '-o', 'json'])).toEqual({ out: '[]\n', err: '', code: 0 });
    expect(SEEN[0]?.authorization).toBe(`Basic ${Buffer.from('u:pw').toString('base64')}`);
  });

  it('tells where the HTTP configuration is wrong', async () => {
    const file = writeText('bad.yml', 'basic_auth:\n  foo: u\n');
    const { err, code } = await ask([`--http.config.file=${file}`, 'alert']);
    expect([err, code]).toEqual([
      expect.stringContaining(`failed to load HTTP config file: ${file}:2:3: basic_auth.foo: `),
      1,
    ]);
  });

  it('tells on demand what is asked', async () => {
    answer('GET /api/v2/alerts', []);
    expect((await ask(['-v', 'alert', 'x'])).err).toMatch(
      /^GET http:\S+\?active=true&filter=alertname%3D%22x%22&\S+ 200 in \d+ ms\n$/,
    );
  });

  it('gives up after the timeout', async () => {
    const clock = new VirtualClock();
    const silent = createServer(() => void clock.advance(30_000));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const silentUrl = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const { err } = await tool([`--alertmanager.url=${silentUrl}`, '--no-version-check', 'cluster'], { clock });
    silent.closeAllConnections();
    silent.close();
    expect(err).toBe(failure(`Get "${silentUrl}/api/v2/status": context deadline exceeded`).err);
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
    answer('GET /api/v2/alerts', []);
    await ask(['alert', 'query', ...args]);
    expect(SEEN.map(({ line }) => line)).toEqual([`GET /api/v2/alerts?${parameters}`]);
  });

  it('says on stderr what the grammars disagree about', async () => {
    answer('POST /api/v2/alerts', '');
    const { out, err } = await ask(['alert', 'add', 'a', 'b=c d']);
    expect(out).toBe('');
    expect(err).toMatch(/^Warning: .*: b=c d \(write b="c d"\)\n$/);
    expect(SEEN[0]?.body).toEqual([{ annotations: {}, labels: { alertname: 'a', b: 'c d' } }]);
  });

  it('does not take a comment for the name of a file', async () => {
    answer('POST /api/v2/silences', { silenceID: '1' });
    expect(await ask(['silence', 'add', 'x', '-c', '@ops: please'])).toEqual({ out: '1\n', err: '', code: 0 });
    expect(SEEN[0]?.body).toMatchObject({ createdBy: 'ann', comment: '@ops: please' });
  });

  it('prints the ids of changed silences', async () => {
    answer('GET /api/v2/silence/1', silence('1'));
    answer('POST /api/v2/silences', { silenceID: '2' });
    expect((await ask(['silence', 'update', '-q', '1', '-d', '2h'])).out).toBe('2\n');
    expect(SEEN[1]?.body).toMatchObject({
      id: '1',
      startsAt: '2026-01-01T10:00:00.000Z',
      endsAt: '2026-01-01T12:00:00.000Z',
    });
  });

  it('shows values, not addresses, in the extended configuration', async () => {
    answer('GET /api/v2/status', status('0.34.0'));
    expect((await ask(['config', '-o', 'extended'])).out).toBe(`route:
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
    answer('GET /api/v2/status', status('0.34.0'));
    expect((await ask(['cluster', '-o', 'extended'])).out).toBe(`Cluster Status:  ready
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
    ask(['silence', 'import', ...args], {
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
    expect(SEEN).toEqual([]);
  });

  it('sends what a silence is made of', async () => {
    answer('POST /api/v2/silences', { silenceID: '1' });
    expect((await importing(JSON.stringify([silence('1', { zzz: 1 })]))).out).toBe('1\n');
    expect(Object.keys(SEEN[0]?.body as object)).toEqual([
      'id',
      'startsAt',
      'endsAt',
      'matchers',
      'createdBy',
      'comment',
    ]);
    await importing(JSON.stringify([silence('1')]), '--force');
    expect(SEEN[1]?.body).not.toHaveProperty('id');
  });

  it('makes anew what the router does not know', async () => {
    answer('POST /api/v2/silences', '"unknown"', 404);
    const { err, code } = await importing(JSON.stringify([silence('1')]));
    expect(SEEN.map(({ body }) => 'id' in (body as object))).toEqual([true, false]);
    expect([err, code]).toEqual([
      `Error adding silence id='1': [POST /silences][404] postSilencesNotFound "unknown"\ntocsin: error: couldn't import 1 out of 1 silences\n\n`,
      1,
    ]);
  });

  it('renews on demand what has ended, for as long as it was', async () => {
    answer('POST /api/v2/silences', { silenceID: '1' });
    await importing(JSON.stringify([silence('1', ended), silence('2')]), '--renew', '-w', '1');
    expect(SEEN.map(({ body }) => body)).toMatchObject([
      { startsAt: '2026-01-01T12:00:00.000Z', endsAt: '2026-01-01T14:00:00.000Z' },
      { id: '2', endsAt: '2099-01-01T11:00:00.000Z' },
    ]);
    expect(SEEN[0]?.body).not.toHaveProperty('id');
    await importing(JSON.stringify([silence('1', ended)]));
    expect(SEEN[2]?.body).toMatchObject({ id: '1', ...ended });
  });

  it('counts for whoever waits at a terminal', async () => {
    answer('POST /api/v2/silences', { silenceID: '1' });
    const many = JSON.stringify(['1', '2', '3'].map((id) => silence(id)));
    const { err } = await ask(['silence', 'import'], {
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
    const answers = [[silence('1')], [silence('1')], undefined, [silence('2')]];
    const look = (): void => {
      if (answers.length === 0) return controller.abort();
      const body = answers.shift();
      answer('GET /api/v2/silences', body ?? '"down"', body ? 200 : 500);
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
    return (await ask(args, { clock, outIsTerminal, interruption: () => controller.signal })).out;
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
    expect((await ask(['silence', '--watch'])).code).toBe(1);
  });
});

describe('without a router', () => {
  const CONFIG = `route:
  receiver: default
  routes:
    - matchers: [team=db]
      receiver: db
      continue: true
    - matchers: [severity=~"a|b"]
      receiver: pager
      routes:
        - matchers: [night=yes]
          receiver: db
    - receiver: db
receivers: [{name: default}, {name: db}, {name: pager}]
`;

  it('explains where an alert goes', async () => {
    const file = writeText('am.yml', CONFIG);
    expect(await tool(['routes', 'test', `--config.file=${file}`, '--explain', 'team=db', 'severity=a'])).toEqual({
      out: `Explanation:
.
└── default-route  [passed on: matches; 2 routes match below it]
    ├── {team="db"}  continue: true  receiver: db  [goes here: matches]
    ├── {severity=~"a|b"}  receiver: pager  [goes here: matches, and no route below it does]
    │   └── {night="yes"}  [no: night="yes" does not match: there is no label night]
    └── default-route  [not tried: {}/{severity=~"a|b"}/1 took the alert and does not continue]

db,pager
`,
      err: '',
      code: 0,
    });
  });

  it('tells all problems of a configuration with their places', async () => {
    const file = writeText('bad/am.yml', 'route:\n  receiver: x\n  foo: 1\nreceivers:\n  - name: y\n');
    const { out, err, code } = await tool(['check-config', file]);
    expect([err, code]).toEqual(['tocsin: error: failed to validate 1 file(s)\n\n', 1]);
    expect(out.startsWith(`Checking '${file}'  FAILED: ${file}:3:3: route.foo: field foo not found`)).toBe(true);
    expect(out).toContain(`\n${file}:2:13: route.receiver: undefined receiver "x"`);
  });

  it('checks standard input', async () => {
    const { out, code } = await tool(['check-config'], { readInput: async () => CONFIG });
    expect([out.split('\n')[0], code]).toEqual(["Checking '/dev/stdin'  SUCCESS", 0]);
    expect(await tool(['check-config'])).toEqual(failure('Failed to read from standard input'));
  });

  it.each([
    ['{"status":5}', 'a text in status is wanted, not 5'],
    ['[]', 'an object is wanted, not []'],
    ['{"alerts":[5]}', 'an object is wanted, not 5'],
    ['{"groupLabels":{"a":1}}', 'a text in groupLabels.a is wanted, not 1'],
  ])('does not render %s', async (json, why) => {
    const file = writeText('data.json', json);
    const args = ['template', 'render', '--template.glob=none', '--template.text=x', `--template.data=${file}`];
    expect(await tool(args)).toEqual(failure(`the data is not that of a notification: ${why}`));
  });

  it.each([
    [['--silenced=x'], 'unexpected x'],
    [['--watch.interval=1ms', '--watch'], 'Get "http://127.0.0.1:1/api/v2/'],
  ])('refuses alert query %j', async (args, message) => {
    const { err } = await tool(['--alertmanager.url=http://127.0.0.1:1', 'alert', 'query', ...args]);
    expect(err).toContain(`tocsin: error: ${message}`);
  });
});

describe('help and completion', () => {
  it('shows all tools when none is named', async () => {
    const { out, code } = await tool([]);
    expect(code).toBe(0);
    for (const name of ['alert', 'silence', 'check-config', 'cluster', 'config', 'routes', 'template', 'completion'])
      expect(out).toContain(`\n  ${name}`);
    expect(out).not.toContain('complete ');
  });

  it.each([[['help', 'silence', 'add']], [['silence', 'add', '--help']], [['--help', 'silence', 'add']]])(
    '%j',
    async (args) => {
      const { out, code } = await tool(args);
      expect([out.split('\n')[0], code]).toEqual(['usage: tocsin silence add [<flags>] [<matchers>...]', 0]);
    },
  );

  it('goes by the name it is called by', async () => {
    expect((await tool(['nonsense'], { program: 'amtool' })).err).toBe(
      'amtool: error: expected command but got "nonsense"\n\n',
    );
    expect((await tool([], { program: 'amtool' })).out).toMatch(/^usage: amtool /);
    expect((await tool(['--version'], { program: 'amtool' })).out).toMatch(/^amtool, version 0\.34\.0 /);
  });

  it('shows the version', async () => {
    expect((await tool(['--version', 'alert'])).out).toMatch(/^tocsin, version \d/);
  });

  it.each([
    [['sil'], 'silence\tAdd, list, change, expire or import silences.\n'],
    [['completion', ''], 'bash\t\nzsh\t\nfish\t\n'],
    [['alert', 'query', '--rec'], '--receiver\tList alerts for receivers that match this regular expression.\n'],
  ])('completes %j', async (words, expected) => {
    expect((await tool(['complete', '--', ...words])).out).toBe(expected);
  });

  it.each(['bash', 'zsh', 'fish'])('has a script for %s', async (shell) => {
    expect((await tool(['completion', shell])).out).toContain('complete -- ');
  });

  it('knows three shells', async () => {
    expect(await tool(['completion', 'csh'])).toEqual(failure('shell must be one of bash, zsh, fish'));
  });
});

describe('defaults from files', () => {
  const withFile = (text: string, args: readonly string[]): Promise<Transcript> => {
    writeText('home/.config/amtool/config.yml', text);
    return tool(args, { environment: { HOME: join(directory, 'home') } });
  };

  it('stand for flags that are not given', async () => {
    answer('GET /api/v2/alerts', []);
    answer('POST /api/v2/silences', { silenceID: '1' });
    const text = `alertmanager.url: ${url}\nversion-check: no\noutput: json\nauthor: bob\ncomment_required: false\nunknown: 1\n`;
    const noCheck = text.replace('version-check: no', 'version-check: false');
    expect((await withFile(noCheck, ['alert'])).out).toBe('[]\n');
    expect((await withFile(noCheck, ['alert', '-o', 'simple'])).out).toContain('Alertname');
    expect((await withFile(noCheck, ['silence', 'add', 'x'])).out).toBe('1\n');
    expect(SEEN.at(-1)?.body).toMatchObject({ createdBy: 'bob', comment: '' });
    expect((await withFile(text, ['alert'])).err).toContain('strconv.ParseBool: parsing "no": invalid syntax');
  });

  it.each([
    ['a: [', 'could not load config file: '],
    ['a: [b]', 'config.yml:1:4: a: cannot unmarshal !!seq into string'],
    ['- a', 'config.yml:1:1: cannot unmarshal !!seq into map[string]string'],
    ['', 'required flag --alertmanager.url not provided'],
  ])('%j is refused', async (text, message) => {
    const { err, code } = await withFile(text, ['alert']);
    expect([err, code]).toEqual([expect.stringContaining(message), 1]);
  });
});
