import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { duration, instant } from '../time/index.js';
import { logEntryAfter, mergeLogEntry } from './log-entry.js';
import { logEntryFromRecord, logEntryToRecord } from './log-record.js';
import { type IntegrationRef, logKey } from './notification.js';

const NOW = instant(1_700_000_000_000);
const integration: IntegrationRef = { receiver: 'team-x', type: 'webhook', index: 1 };
const told = { integration, firing: ['f1'], resolved: ['f2'], owed: ['f3'], data: { id: '7', n: 1.5 } };

const after = (retention: number, repeat: number, now = NOW) =>
  logEntryAfter('{}:{}', told, { retention: duration(retention), repeatInterval: duration(repeat) }, now);

describe('the entry after a success', () => {
  it('says what was told, and when', () => {
    expect(after(1_000, 100)).toEqual({
      groupKey: '{}:{}',
      ...told,
      hashing: 'fingerprint',
      sentAt: NOW,
      expiresAt: NOW + 200,
    });
    expect(logKey('{}:{}', integration)).toBe('{}:{}:team-x/webhook/1');
  });

  it.each([
    ['two repeats', 1_000, 100, 200],
    ['the retention when that is shorter', 150, 100, 150],
    ['the retention when it is as long', 200, 100, 200],
    ['the retention without a repeat', 150, 0, 150],
  ])('lives for %s', (_name, retention, repeat, lifetime) => {
    expect(after(retention, repeat).expiresAt - NOW).toBe(lifetime);
  });
});

describe('two entries for one integration and group', () => {
  const old = after(1_000, 100);
  const later = after(1_000, 100, instant(NOW + 10));
  it.each([
    ['the first', undefined, old, old],
    ['the newer', old, later, later],
    ['not an older', later, old, later],
    ['not one of the same time', old, { ...old }, old],
    ['not one that has expired', old, { ...later, expiresAt: instant(NOW - 1) }, old],
    ['no first one that has expired', undefined, { ...old, expiresAt: instant(NOW - 1) }, undefined],
  ])('%s', (_name, known, incoming, want) => expect(mergeLogEntry(known, incoming, NOW)).toBe(want));
});

describe('the record of an entry', () => {
  const entry = after(1_000, 100);
  const text = logEntryToRecord(entry);
  /** As they were before they were texts. */
  const record = Object.assign({}, ...text.split('\n').map((line) => JSON.parse(line) as object)) as object;

  it.each([
    ['with firing and resolved ones', entry],
    ['with what is owed', { ...entry, owed: ['c'] }],
    ['with data', { ...entry, data: { id: 'a\n"b"', n: 2 } }],
    ['with any key', { ...entry, groupKey: '{}:{a="\n\ud800"}' }],
  ])('comes back as it went: %s', (_name, value) => {
    expect(logEntryFromRecord(logEntryToRecord(value))).toEqual({ ok: true, value });
  });

  it('can be an object', () => expect(logEntryFromRecord(record)).toEqual({ ok: true, value: entry }));

  it.each([
    ['no object', []],
    ['no text of it', 'text'],
    ['one line', text.slice(0, text.indexOf('\n'))],
    ['half of it', text.slice(0, -1)],
    ['no group', { ...record, k: 1 }],
    ['no receiver', { ...record, r: undefined }],
    ['no position', { ...record, i: '0' }],
    ['no hashes', { ...record, f: [1] }],
    ['unknown hashing', { ...record, h: 'md5' }],
    ['no time', { ...record, a: 'now' }],
  ])('tells damage: %s', (_name, value) => expect(logEntryFromRecord(value).ok).toBe(false));

  it.each([
    [
      { id: 'x', bad: {}, n: 2 },
      { id: 'x', n: 2 },
    ],
    [undefined, {}],
    ['text', {}],
  ])('uses what is readable of the data %j', (d, data) => {
    expect(logEntryFromRecord({ ...record, d })).toMatchObject({ ok: true, value: { data } });
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => typeof logEntryFromRecord(value).ok === 'boolean'));
  });
});
