/**
 * The tools against a running router, line by line: what they print for programs is what amtool 0.34 prints, exit code and
 * complaints included. The lines were recorded with amtool against Alertmanager; those where we differ on purpose are in
 * src/cli/tools.test.ts. `AMTOOL=/path/to/amtool` runs them with that program instead, to check the record itself.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runTool } from '../../src/cli/main.js';
import { systemClock } from '../../src/platform/clock.js';
import { systemIds } from '../../src/platform/ids.js';
import { OURS, PROJECT, type Router, startRouter } from '../support/real-process.js';
import { FILES } from './cli/files.js';

interface Line {
  readonly args: readonly string[];
  readonly stdin?: string;
  /** The id that it prints is `{id}` in the lines after it. */
  readonly remember?: boolean;
  readonly out: string;
  readonly err: string;
  readonly code: number;
}

interface Outcome {
  readonly out: string;
  readonly err: string;
  readonly code: number | null;
}

const LINES = JSON.parse(readFileSync(join(PROJECT, 'test/e2e/cli/lines.golden.json'), 'utf8')) as readonly Line[];
const AMTOOL = process.env['AMTOOL'];

const UUID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/g;
/** Ids that the lines themselves bring along. */
const GIVEN_IDS = ['11111111-1111-4111-8111-111111111111', '2b1a9b8e-0000-4000-8000-000000000000'];
const TIME = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?/g;
const SIXTY_DAYS = 60 * 86_400_000;

describe('the tools', () => {
  let router: Router;
  let lastId = '';
  const ids = new Map<string, string>();

  beforeAll(async () => {
    router = await startRouter(OURS, { config: FILES['am.yml'] ?? '' });
    for (const [name, text] of Object.entries(FILES)) {
      const path = join(router.directory, 'files', name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
  }, 30_000);

  afterAll(async () => {
    await router?.stop();
  });

  const fill = (arg: string): string =>
    arg
      .replaceAll('{url}', router.url)
      .replaceAll('{host}', router.url.slice('http://'.length))
      .replaceAll('{files}', join(router.directory, 'files'))
      .replaceAll('{id}', lastId);

  /** Ids by the order of their appearance, times of today as zeros: widths stay as they are. */
  const mask = (text: string): string =>
    text
      .replaceAll(UUID, (id) => {
        if (GIVEN_IDS.includes(id)) return id;
        if (!ids.has(id)) ids.set(id, `<id${ids.size}>`.padEnd(36, '-'));
        return ids.get(id) ?? '';
      })
      .replaceAll(router.url, '{url}')
      .replaceAll(router.url.slice('http://'.length), '{host}')
      .replaceAll(join(router.directory, 'files'), '{files}')
      .replaceAll(TIME, (time) => {
        const at = Date.parse(`${time.replace(' ', 'T')}Z`);
        return Math.abs(at - Date.now()) < SIXTY_DAYS ? time.replaceAll(/\d/g, '0') : time;
      })
      .replace(/^amtool: error/gm, 'tocsin: error')
      .replaceAll(/^(?:time=\S+ level=.*|Warning: (?:Only the classic|Matchers input|tocsin version).*)\n/gm, '')
      .replace(/\n+$/, '\n');

  it.each(LINES.map((line): [string, Line] => [line.args.join(' '), line]))('%s', async (_name, line) => {
    const args = line.args.map(fill);
    const outcome = AMTOOL === undefined ? await run(args, line.stdin) : spawnTool(AMTOOL, args, line.stdin);
    if (line.remember) lastId = outcome.out.match(UUID)?.[0] ?? '';
    const { out, err, code } = outcome;
    expect({ out: mask(out), err: mask(err), code }).toEqual({ out: line.out, err: line.err, code: line.code });
  });
});

/** Without the time that a process takes to start. */
async function run(args: readonly string[], stdin: string | undefined): Promise<Outcome> {
  let [out, err] = ['', ''];
  const code = await runTool(args, {
    program: 'tocsin',
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    outIsTerminal: false,
    errIsTerminal: false,
    readInput: async () => stdin,
    environment: {},
    userName: 'root',
    clock: systemClock,
    ids: systemIds,
    interruption: () => new AbortController().signal,
  });
  return { out, err, code };
}

function spawnTool(program: string, args: readonly string[], stdin: string | undefined): Outcome {
  const { stdout, stderr, status } = spawnSync(program, args, {
    encoding: 'utf8',
    env: { HOME: '/nowhere' },
    ...(stdin === undefined ? { stdio: ['ignore', 'pipe', 'pipe'] } : { input: stdin }),
  });
  return { out: stdout, err: stderr, code: status };
}
