import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import type { LogEntry } from '../../domain/notify/index.js';
import { createMatcher } from '../../domain/matcher/index.js';
import type { Silence } from '../../domain/silence/index.js';
import { HOUR, instant } from '../../domain/time/index.js';
import { MemoryStorage } from '../memory/memory-storage.js';
import { importUpstream, importedRecord, wasImported } from './import-upstream.js';
import { writeNflogSnapshot } from './nflog-snapshot.js';
import { writeSilencesSnapshot } from './silences-snapshot.js';

const now = instant(1_790_000_000_000);
const made = createMatcher('=', 'a', 'b');
const silence: Silence = {
  id: 's',
  matcherSets: made.ok ? [[made.value]] : [],
  startsAt: now,
  endsAt: now,
  updatedAt: now,
  createdBy: '',
  comment: '',
  annotations: {},
};
const entry = (expiresAt: number): LogEntry => ({
  groupKey: `g${expiresAt}`,
  integration: { receiver: 'r', type: 'webhook', index: 0 },
  firing: [],
  resolved: [],
  hashing: 'xxh64',
  sentAt: now,
  expiresAt: instant(expiresAt),
  data: {},
});

describe('taking over what Alertmanager left', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(`${tmpdir()}/tocsin-import-`);
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  it('finds nothing in an empty directory, and in none', () => {
    const nothing = { silences: [], entries: [], files: [], problems: [] };
    expect(importUpstream(directory, now)).toEqual(nothing);
    expect(importUpstream(`${directory}/none`, now)).toEqual(nothing);
  });

  it('reads both files and leaves out what has expired', () => {
    writeFileSync(`${directory}/silences`, writeSilencesSnapshot([silence], HOUR));
    writeFileSync(`${directory}/nflog`, writeNflogSnapshot([entry(now), entry(now + 1)]));
    const found = importUpstream(directory, now);
    expect(found.files).toEqual(['silences', 'nflog']);
    expect(found.problems).toEqual([]);
    expect(found.silences.map(({ id }) => id)).toEqual(['s']);
    expect(found.entries.map(({ groupKey }) => groupKey)).toEqual([`g${now + 1}`]);
  });

  it('says what it could not read, by file, and keeps the rest', () => {
    writeFileSync(`${directory}/silences`, Buffer.concat([writeSilencesSnapshot([silence], HOUR), Buffer.of(200)]));
    mkdirSync(`${directory}/nflog`);
    const found = importUpstream(directory, now);
    expect(found.silences).toHaveLength(1);
    expect(found.files).toEqual(['silences']);
    expect(found.problems).toEqual([
      expect.stringMatching(/^nflog: EISDIR/),
      expect.stringMatching(/^silences: record 2 at byte \d+: the file ends within a number$/),
    ]);
  });

  it('is remembered with what was imported', async () => {
    const storage = new MemoryStorage();
    await storage.open();
    expect(wasImported(storage)).toBe(false);
    await storage.commit([importedRecord(importUpstream(directory, now), now)]);
    expect(wasImported(storage)).toBe(true);
  });
});
