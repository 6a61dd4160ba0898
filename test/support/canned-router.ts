/**
 * Tools in this process, and a router that gives canned answers and remembers what it was asked.
 */
import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type ToolIo, runTool } from '../../src/cli/main.js';
import { systemClock } from '../../src/platform/clock.js';
import { systemIds } from '../../src/platform/ids.js';

export interface Transcript {
  readonly out: string;
  readonly err: string;
  readonly code: number;
}

export async function tool(args: readonly string[], surroundings: Partial<ToolIo> = {}): Promise<Transcript> {
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

export const failure = (message: string): Transcript => ({ out: '', err: `tocsin: error: ${message}\n\n`, code: 1 });

/** Files of a test, gone when it is over. */
export function scratchFiles(): (name: string, text: string) => string {
  let directory = '';
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'tocsin-tools-'));
  });
  afterAll(() => rmSync(directory, { recursive: true }));
  return (name, text) => {
    const path = join(directory, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  };
}

interface Seen {
  readonly line: string;
  readonly authorization: string | undefined;
  readonly body: unknown;
}

export interface CannedRouter {
  readonly url: string;
  /** What it was asked in this test. */
  readonly seen: readonly Seen[];
  /** `line` is method and path. */
  answer(line: string, body: unknown, status?: number, headers?: Readonly<Record<string, string>>): void;
  /** A tool pointed at it, without the look at its version. */
  ask(args: readonly string[], surroundings?: Partial<ToolIo>): Promise<Transcript>;
}

/** One for a test file; each test begins with a router that knows nothing. */
export function cannedRouter(): CannedRouter {
  const answers = new Map<string, { status: number; body: unknown; headers: Readonly<Record<string, string>> }>();
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    const line = `${request.method} ${request.url}`;
    seen.push({ line, authorization: request.headers.authorization, body: await readBody(request) });
    const found = answers.get(line.replace(/\?.*/, '')) ?? { status: 404, body: 'nothing here', headers: {} };
    response.writeHead(found.status, found.headers);
    response.end(typeof found.body === 'string' ? found.body : JSON.stringify(found.body));
  });
  beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
  afterAll(() => void server.close());
  beforeEach(() => {
    seen.length = 0;
    answers.clear();
  });
  const router: CannedRouter = {
    get url() {
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
    seen,
    answer: (line, body, status = 200, headers = {}) => void answers.set(line, { status, body, headers }),
    ask: (args, surroundings) =>
      tool([`--alertmanager.url=${router.url}`, '--no-version-check', ...args], surroundings),
  };
  return router;
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer); // no encoding is set
  return chunks.length === 0 ? undefined : JSON.parse(Buffer.concat(chunks).toString());
}

export const apiAlert = (alertname: string, more: object = {}): object => ({
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

export const apiSilence = (id: string, more: object = {}): object => ({
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

export const apiStatus = (version: string): object => ({
  cluster: {
    name: 'n',
    status: 'ready',
    peers: ['10.0.0.2:9094', '10.0.0.10:9094', '10.0.0.2:80', '9.0.0.1:1'].map((address) => ({ address, name: 'p' })),
  },
  versionInfo: { branch: 'b', buildDate: 'd', buildUser: 'u', goVersion: 'g', revision: 'r', version },
  config: { original: 'route:\n  receiver: x\nreceivers:\n  - name: x\n' },
  uptime: '2026-01-01T10:00:00.000Z',
});
