import { describe, expect, it } from '@jest/globals';
import type { LogEntry } from '../../domain/notify/index.js';
import { instant } from '../../domain/time/index.js';
import { readNflogSnapshot, writeNflogSnapshot } from './nflog-snapshot.js';
import { WireWriter, withLength } from './protobuf.js';

const entry: LogEntry = {
  groupKey: '{}/{a="ü"}:{alertname="T"}',
  integration: { receiver: 'team', type: 'webhook', index: 2 },
  firing: ['50e05fc850e19de5', '0000000000000001', 'ffffffffffffffff'],
  resolved: ['13450f84e989a904'],
  hashing: 'xxh64',
  sentAt: instant(1_790_000_000_123.5),
  expiresAt: instant(1_790_000_432_000),
  data: { thread: '123.456', empty: '', count: -7, ratio: 0.25, zero: 0 },
};

describe('the notification log as Alertmanager keeps it', () => {
  it('comes back as it was written', () => {
    const first = { ...entry, integration: { ...entry.integration, index: 0 }, resolved: [], data: {} };
    const { entries, problems } = readNflogSnapshot(writeNflogSnapshot([entry, first]));
    expect(problems).toEqual([]);
    expect(entries.map((read) => ({ ...read, data: { ...read.data } }))).toEqual([entry, first]);
  });

  it('takes hashes one by one as well as packed', () => {
    const unpacked = new WireWriter()
      .bytes(1, Buffer.from('g'))
      .message(2, new WireWriter().text(1, 'r'))
      .integer(6, 1n)
      .integer(6, 255n);
    const { entries } = readNflogSnapshot(withLength(new WireWriter().message(1, unpacked)));
    expect(entries[0]?.firing).toEqual(['0000000000000001', '00000000000000ff']);
  });

  it.each([
    ['no entry', new WireWriter().message(2, new WireWriter()), /no entry in it/],
    ['no receiver', new WireWriter().message(1, new WireWriter().text(1, 'g')), /without a receiver/],
  ])('leaves out a record with %s and goes on', (_name, message, problem) => {
    const good = writeNflogSnapshot([entry]);
    const { entries, problems } = readNflogSnapshot(Buffer.concat([good, withLength(message), good]));
    expect(entries).toHaveLength(2);
    expect(problems).toEqual([expect.stringMatching(problem)]);
  });

  it('gives all that lies before the cut of a truncated file', () => {
    const whole = writeNflogSnapshot([entry, entry]);
    const { entries, problems } = readNflogSnapshot(whole.subarray(0, whole.length - 1));
    expect(entries).toHaveLength(1);
    expect(problems).toEqual([expect.stringMatching(/^record 2 at byte \d+: \d+ bytes were announced, \d+ are left$/)]);
  });
});
