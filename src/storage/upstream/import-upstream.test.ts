import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import type { LogEntry } from '../../domain/notify/index.js';
import { createMatcher } from '../../domain/matcher/index.js';
import type { Silence } from '../../domain/silence/index.js';
import { HOUR, instant } from '../../domain/time/index.js';
import { importUpstream } from './import-upstream.js';
import { writeNflogSnapshot } from './nflog-snapshot.js';
import { writeSilencesSnapshot } from './silences-snapshot.js';

const NONE = new Set<string>();
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
    const nothing = { silences: [], entries: [], files: [], digests: {}, problems: [] };
    expect(importUpstream(directory, NONE, now)).toEqual(nothing);
    expect(importUpstream(`${directory}/none`, NONE, now)).toEqual(nothing);
  });

  it('reads both files and leaves out what has expired', () => {
    writeFileSync(`${directory}/silences`, writeSilencesSnapshot([silence], HOUR));
    writeFileSync(`${directory}/nflog`, writeNflogSnapshot([entry(now), entry(now + 1)]));
    const found = importUpstream(directory, NONE, now);
    expect(found.files).toEqual(['silences', 'nflog']);
    expect(found.problems).toEqual([]);
    expect(found.silences.map(({ id }) => id)).toEqual(['s']);
    expect(found.entries.map(({ groupKey }) => groupKey)).toEqual([`g${now + 1}`]);
  });

  it('says what it could not read, by file, and keeps the rest', () => {
    writeFileSync(`${directory}/silences`, Buffer.concat([writeSilencesSnapshot([silence], HOUR), Buffer.of(200)]));
    mkdirSync(`${directory}/nflog`);
    const found = importUpstream(directory, NONE, now);
    expect(found.silences).toHaveLength(1);
    expect(found.files).toEqual(['silences']);
    expect(found.problems).toEqual([
      expect.stringMatching(/^nflog: EISDIR/),
      expect.stringMatching(/^silences: record 2 at byte \d+: the file ends within a number$/),
    ]);
  });

  it('leaves out a file that is known by what is in it', () => {
    writeFileSync(`${directory}/silences`, writeSilencesSnapshot([silence], HOUR));
    const { digests } = importUpstream(directory, NONE, now);
    const known = new Set(Object.values(digests));
    expect(importUpstream(directory, known, now)).toMatchObject({ silences: [], files: [], digests });
    writeFileSync(`${directory}/silences`, writeSilencesSnapshot([silence, { ...silence, id: 't' }], HOUR));
    expect(importUpstream(directory, known, now).silences.map(({ id }) => id)).toEqual(['s', 't']);
  });
});
