import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { anAlert } from '../../../test/support/builders.js';
import { createMatcher } from '../../domain/matcher/index.js';
import { type LogEntry, hashOf } from '../../domain/notify/index.js';
import type { Silence } from '../../domain/silence/index.js';
import { HOUR, duration, instant, plus } from '../../domain/time/index.js';
import { type LogFields, type Logger, silentLogger } from '../../platform/log.js';
import { MemoryStorage } from '../memory/memory-storage.js';
import type { RecordKind } from '../storage.js';
import { AlertmanagerFiles, readState } from './alertmanager-files.js';
import { readNflogSnapshot, writeNflogSnapshot } from './nflog-snapshot.js';
import { readSilencesSnapshot, writeSilencesSnapshot } from './silences-snapshot.js';

const NOW = instant(1_790_000_000_000);
const LATER = plus(NOW, HOUR);
const RETENTION = duration(120 * HOUR);
const made = createMatcher('=', 'a', 'b');

const silence = (id: string, updatedAt = NOW, comment = ''): Silence => ({
  id,
  matcherSets: made.ok ? [[made.value]] : [],
  startsAt: NOW,
  endsAt: plus(NOW, RETENTION),
  updatedAt,
  createdBy: 'test',
  comment,
  annotations: {},
});

const entry = (groupKey: string, change: Partial<LogEntry> = {}): LogEntry => ({
  groupKey,
  integration: { receiver: 'r', type: 'webhook', index: 0 },
  firing: [],
  resolved: [],
  hashing: 'xxh64',
  sentAt: NOW,
  expiresAt: plus(LATER, HOUR),
  data: {},
  ...change,
});

const firing = anAlert({ alertname: 'Firing' }, NOW);
const resolved = anAlert({ alertname: 'Resolved' }, NOW);
const [firingHash, resolvedHash] = [firing, resolved].map(({ labels }) => hashOf(labels, 'xxh64'));

describe("Alertmanager's files in the data directory", () => {
  let directory: string;
  let storage: MemoryStorage;
  let said: (readonly [string, LogFields | undefined])[];
  let log: Logger;

  beforeEach(async () => {
    directory = mkdtempSync(`${tmpdir()}/tocsin-files-`);
    storage = new MemoryStorage();
    await storage.open();
    said = [];
    const say = (msg: string, fields?: LogFields): void => void said.push([msg, fields]);
    log = { ...silentLogger, info: say, warn: say, error: say };
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  const files = () => new AlertmanagerFiles({ storage, directory, retention: RETENTION, log });
  const alertmanagerLeaves = (silences: readonly Silence[], entries: readonly LogEntry[]): void => {
    writeFileSync(`${directory}/silences`, writeSilencesSnapshot(silences, RETENTION));
    writeFileSync(`${directory}/nflog`, writeNflogSnapshot(entries));
  };
  const written = () => ({
    silences: readSilencesSnapshot(readFileSync(`${directory}/silences`)).silences,
    entries: readNflogSnapshot(readFileSync(`${directory}/nflog`)).entries,
  });
  const keys = (kind: RecordKind): readonly string[] => [...storage.load(kind)].map(({ key }) => key);
  const start = async (now = NOW): Promise<AlertmanagerFiles> => {
    const started = files();
    await started.takeOver(now);
    return started;
  };

  it('are taken over once, and said so', async () => {
    alertmanagerLeaves([silence('s')], [entry('g')]);
    await start();
    expect(keys('silence')).toEqual(['s']);
    expect(keys('nflog')).toEqual(['g:r/webhook/0']);
    expect(said).toEqual([["Took over Alertmanager's state", { silences: 1, log_entries: 1 }]]);
    await storage.commit([{ kind: 'silence', key: 's', value: undefined, updatedAt: LATER }]);
    await start(LATER);
    expect(keys('silence')).toEqual([]);
  });

  it('are left as Alertmanager would leave them, alerts under the names that it gives them', async () => {
    const state = {
      silences: [silence('s')],
      alerts: [firing, resolved],
      entries: [
        entry('g', {
          hashing: 'fingerprint',
          firing: [firing.labels.fingerprint],
          resolved: [resolved.labels.fingerprint, '00000000000000ff'],
          data: { thread: 'x' },
        }),
        entry('h', { firing: ['0123456789abcdef'] }),
        entry('long ago', { expiresAt: NOW }),
      ],
    };
    await (await start()).handBack(state, LATER);
    expect(written().silences.map(({ id }) => id)).toEqual(['s']);
    expect(written().entries).toMatchObject([
      { groupKey: 'g', firing: [firingHash], resolved: [resolvedHash], data: { thread: 'x' }, sentAt: NOW },
      { groupKey: 'h', firing: ['0123456789abcdef'], expiresAt: plus(LATER, HOUR) },
      { groupKey: 'long ago', expiresAt: plus(LATER, RETENTION) },
    ]);
  });

  it('are not read again when they are our own', async () => {
    await (await start()).handBack({ silences: [silence('s')], alerts: [], entries: [] }, NOW);
    await start(LATER);
    expect(keys('silence')).toEqual([]);
    expect(said).toEqual([]);
  });

  it('are merged when Alertmanager ran here meanwhile: the newer counts, and alerts of old are forgotten', async () => {
    alertmanagerLeaves([silence('a'), silence('b')], [entry('g'), entry('h')]);
    await start();
    await storage.commit(
      (['alert', 'group', 'delivery'] as const).map((kind) => ({ kind, key: 'old', value: {}, updatedAt: NOW })),
    );
    const newer = plus(NOW, duration(1));
    const older = plus(NOW, duration(-1));
    alertmanagerLeaves(
      [silence('a', newer, 'changed'), silence('b', older, 'old'), silence('c')],
      [entry('g', { sentAt: newer, firing: ['0123456789abcdef'] }), entry('h', { sentAt: older, firing: ['1'] })],
    );
    await start(LATER);
    const { silences, entries } = readState(storage);
    expect(silences.map(({ id, comment }) => [id, comment])).toEqual([
      ['a', 'changed'],
      ['b', ''],
      ['c', ''],
    ]);
    expect(entries.map(({ groupKey, firing }) => [groupKey, firing])).toEqual([
      ['g', ['0123456789abcdef']],
      ['h', []],
    ]);
    expect([...keys('alert'), ...keys('group'), ...keys('delivery')]).toEqual([]);
  });

  it('stay untouched when they could not be taken over', async () => {
    alertmanagerLeaves([silence('s')], []);
    const before = readFileSync(`${directory}/silences`);
    storage.commit = () => Promise.reject(new Error('disk full'));
    await (await start()).handBack({ silences: [], alerts: [], entries: [] }, NOW);
    expect(readFileSync(`${directory}/silences`)).toEqual(before);
    expect(said).toEqual([["Cannot take over Alertmanager's state", { err: 'disk full' }]]);
  });

  it('that cannot be written are a line in the log', async () => {
    const started = await start();
    rmSync(directory, { recursive: true });
    writeFileSync(directory, 'no directory');
    await started.handBack({ silences: [], alerts: [], entries: [] }, NOW);
    expect(said).toEqual([["Cannot write Alertmanager's files", { err: expect.stringContaining('EEXIST') }]]);
    expect(existsSync(`${directory}/silences`)).toBe(false);
  });
});
