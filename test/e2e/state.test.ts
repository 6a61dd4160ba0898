/** The data directory and the command line from outside: what is kept, what is damaged, what is told when a start fails. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { join } from 'node:path';
import {
  DEBIANS,
  OURS,
  PROJECT,
  type Router,
  eventually,
  freePort,
  havePrograms,
  startProcess,
  startRouter as startOne,
  temporaryDirectory,
} from '../support/real-process.js';
import { type WebhookSink, openWebhookSink } from '../support/webhook-sink.js';

let sink: WebhookSink;
const started: Router[] = [];
async function startRouter(...options: Parameters<typeof startOne>): Promise<Router> {
  const router = await startOne(...options);
  started.push(router);
  return router;
}
const config = (receiver = 'hook', wait = '20ms'): string => `
route: {receiver: ${receiver}, group_by: [alertname], group_wait: ${wait}, group_interval: 200ms, repeat_interval: 1h}
receivers: [{name: ${receiver}, webhook_configs: [{url: '${sink.url}/${receiver}'}]}]
`;

beforeAll(async () => {
  sink = await openWebhookSink();
});
afterAll(() => Promise.all([sink.close(), ...started.map((router) => router.stop())]));

async function post(router: Router, path: string, body: unknown): Promise<string> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${router.url}/api/v2/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  return `${answer.status} ${await answer.text()}`;
}
const fire = (router: Router, alertname: string, endsAt = '2099-01-01T00:00:00Z'): Promise<string> =>
  post(router, 'alerts', [{ labels: { alertname }, endsAt }]);
const silence = (fields: object): unknown => ({
  matchers: [{ name: 'alertname', value: 'Silenced', isRegex: false, isEqual: true }],
  startsAt: '2026-01-01T00:00:00Z',
  endsAt: '2099-01-01T00:00:00Z',
  createdBy: 'test',
  comment: 'test',
  ...fields,
});
const idOf = (answer: string): string => (JSON.parse(answer.slice(4)) as { silenceID: string }).silenceID;

interface Silence {
  readonly comment: string;
  readonly status: { readonly state: string };
}
const silences = async (router: Router): Promise<readonly string[]> => {
  const listed = (await (await fetch(`${router.url}/api/v2/silences`)).json()) as Silence[];
  return listed.map(({ comment, status }) => `${comment}: ${status.state}`).sort();
};
const metrics = async (router: Router): Promise<string> => (await fetch(`${router.url}/metrics`)).text();
const told = (): readonly string[] =>
  sink.received.map(({ body }) => `${body.receiver} ${body.status} ${body.groupLabels['alertname']}`);
const hears = (...notifications: string[]): Promise<void> =>
  eventually(async () => expect(told()).toEqual(expect.arrayContaining(notifications)));
/** All that was told is on disk: a kill now repeats nothing. */
const written = (router: Router): Promise<void> =>
  eventually(async () => {
    const text = await metrics(router);
    expect(text).toMatch(/^tocsin_deliveries_in_flight 0$/m);
    expect(text).toMatch(/^tocsin_storage_pending_commits 0$/m);
  });

describe('what was acknowledged', () => {
  let router: Router;
  beforeAll(async () => {
    router = await startRouter(OURS, { config: config() });
  }, 30_000);

  it('is there after SIGKILL: changed and expired silences, the end of an alert', async () => {
    const first = idOf(await post(router, 'silences', silence({ comment: 'first' })));
    const expired = idOf(await post(router, 'silences', silence({ comment: 'over' })));
    await fire(router, 'Ends');
    await hears('hook firing Ends');
    await written(router);
    const later = silence({ id: first, comment: 'changed', endsAt: '2098-01-01T00:00:00Z' });
    const changed = idOf(await post(router, 'silences', later));
    expect((await fetch(`${router.url}/api/v2/silence/${expired}`, { method: 'DELETE' })).status).toBe(200);
    expect(await fire(router, 'Ends', new Date().toISOString())).toContain('200');
    await router.restart('SIGKILL');
    const kept = (await (await fetch(`${router.url}/api/v2/silence/${changed}`)).json()) as { endsAt: string };
    expect(kept.endsAt).toBe('2098-01-01T00:00:00.000Z');
    expect(await silences(router)).toEqual(['changed: active', 'first: expired', 'over: expired']);
    await hears('hook resolved Ends');
  }, 30_000);

  it('is not told again after SIGTERM, and by another receiver only if that never told it', async () => {
    await fire(router, 'Stays');
    await hears('hook firing Stays');
    await router.restart('SIGTERM');
    expect(await router.process.stop('SIGTERM')).toBe(0);
    router.writeConfig(config('renamed'));
    await router.restart('SIGTERM');
    await hears('renamed firing Stays');
    expect(told().filter((notification) => notification === 'hook firing Stays')).toHaveLength(1);
    router.writeConfig(config());
  }, 30_000);

  it('belongs to one process', async () => {
    const args = [...OURS.slice(1), ...flagsFor(router, await freePort())];
    const second = startProcess(OURS[0] as string, args, router.directory);
    expect(await second.exited).toBe(1);
    expect(second.output()).toContain(`is in use by the running process ${router.process.pid}`);
  }, 20_000);
});

const flagsFor = (router: Pick<Router, 'directory'>, port: number): readonly string[] => [
  `--config.file=${join(router.directory, 'alertmanager.yml')}`,
  `--storage.path=${join(router.directory, 'data')}`,
  `--web.listen-address=127.0.0.1:${port}`,
  '--cluster.listen-address=',
];

describe('a damaged data directory', () => {
  let router: Router;
  let whole: string;
  beforeAll(async () => {
    router = await startRouter(OURS, { config: config() });
    for (let n = 0; n < 20; n++) await post(router, 'silences', silence({ comment: `c${n}` }));
    await router.process.stop('SIGKILL');
    whole = temporaryDirectory();
    cpSync(join(router.directory, 'data'), whole, { recursive: true });
  }, 30_000);
  afterAll(() => rmSync(whole, { recursive: true, force: true }));

  const DATA = 'tocsin.log/segment-0000000001';
  it.each([
    ['cut in the middle', (data: string) => cutOut(join(data, DATA)), 'are damaged', '200'],
    ['text', (data: string) => writeFileSync(join(data, DATA), 'text '.repeat(20_000)), 'not a file of records', '200'],
    ['a file for the log', fileInPlaceOf('tocsin.log'), 'cannot be read', '200'],
    ['a file for the directory', fileInPlaceOf('.'), 'cannot be written', '500'],
  ])(
    '%s',
    async (name, damage, said, status) => {
      const data = join(router.directory, 'data');
      rmSync(data, { recursive: true, force: true });
      cpSync(whole, data, { recursive: true });
      damage(data);
      await router.restart('SIGKILL');
      expect(router.process.output()).toMatch(new RegExp(`Damaged data directory.*${said}`));
      expect(await metrics(router)).toMatch(/^tocsin_storage_damage_total 1$/m);
      // It pages, and says honestly whether it will remember.
      expect(await fire(router, name)).toContain(status);
      await hears(`hook firing ${name}`);
    },
    20_000,
  );
});

function cutOut(file: string): void {
  const whole = readFileSync(file);
  writeFileSync(file, Buffer.concat([whole.subarray(0, 2_000), whole.subarray(3_000)]));
}

function fileInPlaceOf(name: string): (data: string) => void {
  return (data) => {
    rmSync(join(data, name), { recursive: true });
    writeFileSync(join(data, name), 'no directory');
  };
}

const describeDebians = havePrograms(...DEBIANS) ? describe : describe.skip;

describeDebians("Alertmanager's own files", () => {
  it('are taken over once: nothing is told again, what ended does not come back', async () => {
    const router = await startRouter(DEBIANS, { config: config() });
    const { directory } = router;
    await post(router, 'silences', silence({ comment: 'theirs' }));
    const expired = idOf(await post(router, 'silences', silence({ comment: 'theirs, over' })));
    await fetch(`${router.url}/api/v2/silence/${expired}`, { method: 'DELETE' });
    await fire(router, 'Theirs');
    await hears('hook firing Theirs');
    // Its files are written when it ends.
    await router.process.stop('SIGTERM');

    const ours = await startRouter(OURS, { config: config(), storagePath: join(directory, 'data') });
    expect(await silences(ours)).toEqual(['theirs, over: expired', 'theirs: active']);
    await fire(ours, 'Theirs');
    await fire(ours, 'Ours');
    await hears('hook firing Ours');
    expect(told().filter((notification) => notification === 'hook firing Theirs')).toHaveLength(1);
    const [active] = (await (await fetch(`${ours.url}/api/v2/silences?filter=alertname="Silenced"`)).json()) as {
      id: string;
    }[];
    await fetch(`${ours.url}/api/v2/silence/${active?.id}`, { method: 'DELETE' });
    await ours.restart('SIGKILL');
    expect(await silences(ours)).toEqual(['theirs, over: expired', 'theirs: expired']);
  }, 40_000);

  it('that cannot be read are told and do not stop the start', async () => {
    const data = temporaryDirectory();
    writeFileSync(join(data, 'silences'), 'no snapshot');
    mkdirSync(join(data, 'nflog'));
    const router = await startRouter(OURS, { config: config(), storagePath: data });
    expect(router.process.output()).toContain('err="silences: record 1');
    expect(router.process.output()).toContain('err="nflog: EISDIR');
    rmSync(data, { recursive: true, force: true });
  }, 20_000);
});

describe('alerts in memory alone', () => {
  it('are gone after SIGKILL, silences are not', async () => {
    const router = await startRouter(OURS, { config: config(), flags: ['--storage.alerts=memory'] });
    await post(router, 'silences', silence({ comment: 'kept' }));
    await fire(router, 'InMemory');
    await hears('hook firing InMemory');
    await router.restart('SIGKILL');
    expect(await (await fetch(`${router.url}/api/v2/alerts`)).json()).toEqual([]);
    expect(await silences(router)).toEqual(['kept: active']);
  }, 20_000);
});

describe('the command line', () => {
  const directory = temporaryDirectory();
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  const file = (name: string, text: string): string => {
    writeFileSync(join(directory, name), text);
    return join(directory, name);
  };
  const GOOD = 'route: {receiver: x}\nreceivers: [{name: x}]\n';
  const RUN = (configFile = file('good.yml', GOOD)): readonly string[] => [
    `--config.file=${configFile}`,
    `--storage.path=${join(directory, 'data')}`,
    '--cluster.listen-address=',
  ];

  it.each([
    ['--version', () => ['--version'], 0, /version 0\.34/],
    ['--help', () => ['--help'], 0, /--config\.file=/],
    ['an unknown flag', () => ['--no.such.flag'], 1, /unknown long flag '--no\.such\.flag', try --help/],
    ['no file', () => RUN('/nowhere.yml'), 1, /\/nowhere\.yml: no such file or directory/],
    [
      'a bad file',
      () => RUN(file('bad.yml', 'route:\n  receiver: x\n  group_wait: soon\nbogus: 1\n')),
      1,
      /bad\.yml:3:15: route\.group_wait: [^]*bad\.yml:4:1: bogus: /,
    ],
    [
      'a bad web file',
      () => [...RUN(), '--web.listen-address=127.0.0.1:0', `--web.config.file=${file('web.yml', 'bogus: 1\n')}`],
      1,
      /web\.yml:1:1: bogus: /,
    ],
  ])(
    '%s',
    async (_name, args, code, said) => {
      const ran = startProcess(OURS[0] as string, [...OURS.slice(1), ...args()], directory);
      expect(await ran.exited).toBe(code);
      expect(ran.output()).toMatch(said);
    },
    15_000,
  );

  it('says which port is taken', async () => {
    const address = new URL(sink.url).host;
    const ran = startProcess(
      OURS[0] as string,
      [...OURS.slice(1), ...RUN(), `--web.listen-address=${address}`],
      directory,
    );
    expect(await ran.exited).toBe(1);
    const [line] = ran.output().match(/err=.*/) ?? [];
    // The system's reason, once.
    expect(line).toBe(`err="listen ${address}: listen EADDRINUSE: address already in use ${address}"`);
  }, 15_000);

  it('goes on when nobody reads its log any more', async () => {
    const router = await startRouter(OURS, { config: GOOD });
    router.process.closeOutput();
    // Each prints lines.
    for (let i = 0; i < 3; i++) expect((await router.reload()).status).toBe(200);
    await router.stop();
  }, 15_000);

  it('reloads by SIGHUP, says how it went, and shows the hash that Alertmanager would', async () => {
    const router = await startRouter(OURS, { config: GOOD });
    // The first six bytes of the MD5 of this very text, the least significant first.
    expect(await metrics(router)).toMatch(/^alertmanager_config_hash 230689616755834$/m);
    const reloaded = async (config: string, successful: number): Promise<void> => {
      router.writeConfig(config);
      router.process.signal('SIGHUP');
      await eventually(async () =>
        expect(await metrics(router)).toMatch(
          new RegExp(`^alertmanager_config_last_reload_successful ${successful}$`, 'm'),
        ),
      );
    };
    await reloaded('route: {}\n', 0);
    expect((await router.reload()).status).toBe(500);
    await reloaded(GOOD, 1);
  }, 20_000);

  it('serves under a prefix, with TLS and users', async () => {
    const tls = join(PROJECT, 'test', 'support', 'tls');
    // bcrypt of "secret", at the lowest cost.
    const hash = '$2b$04$zJiwTWDFu9/1Vw2XNX7X9.iuuDt5/ebricJfnO82KxWOjAs2KKkBu';
    const web = file(
      'tls.yml',
      `tls_server_config: {cert_file: ${tls}/server.pem, key_file: ${tls}/server.key}\nbasic_auth_users: {user: ${hash}}\n`,
    );
    const port = await freePort();
    const args = [...RUN(), `--web.config.file=${web}`, `--web.listen-address=127.0.0.1:${port}`];
    const more = ['--web.external-url=https://alerts.example.com/am/'];
    const running = startProcess(OURS[0] as string, [...OURS.slice(1), ...args, ...more], directory);
    const ask = (path: string, auth?: string): Promise<number> =>
      new Promise((resolve, reject) => {
        const ca = readFileSync(join(tls, 'ca.pem'));
        get({ port, host: '127.0.0.1', path, ca, ...(auth ? { auth } : {}) }, (answer) => {
          answer.resume();
          resolve(answer.statusCode ?? 0);
        }).on('error', reject);
      });
    await eventually(async () => expect(await ask('/am/-/ready')).toBe(401));
    expect(await ask('/am/-/ready', 'user:wrong')).toBe(401);
    expect(await ask('/-/ready', 'user:secret')).toBe(404);
    expect(await ask('/am/-/ready', 'user:secret')).toBe(200);
    await running.stop('SIGTERM');
  }, 20_000);
});
