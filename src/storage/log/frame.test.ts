import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { instant } from '../../domain/time/index.js';
import type { StateRecord } from '../storage.js';
import { FrameBuffer, fileHead, readFrames } from './frame.js';
import { decodeRecord } from './record-layout.js';

interface Golden {
  readonly version: number;
  readonly commits: readonly (readonly StateRecord[])[];
  readonly hex: readonly string[];
}

// Written once; a change of it is a new version of the layout. JSON has no word for a deletion: null stands for it.
const golden = JSON.parse(readFileSync(new URL('frame.golden.json', import.meta.url), 'utf8')) as Golden;
const commits = golden.commits.map((records) =>
  records.map((record) => (record.value === null ? { ...record, value: undefined } : record)),
);
const sample: StateRecord = {
  kind: 'nflog',
  key: 'kü',
  value: { a: [1, 'b'] },
  updatedAt: instant(1_790_000_000_123.25),
};

function fileOf(records: readonly (readonly StateRecord[])[]): Buffer {
  const frames = new FrameBuffer();
  for (const commit of records) frames.append(commit);
  return Buffer.concat([fileHead(0), frames.bytes]);
}

describe('the layout of the log', () => {
  it('is what the golden file says', () => {
    expect(fileOf(commits).toString('hex')).toBe(golden.hex.join(''));
    const { records, faults, isCut, wholeBytes } = readFrames(Buffer.from(golden.hex.join(''), 'hex'));
    expect({ faults, isCut, wholeBytes }).toEqual({ faults: [], isCut: false, wholeBytes: fileOf(commits).length });
    const read = records.map((record) => (record.isDeletion ? `${record.kind} ${record.key}` : decodeRecord(record)));
    const expected = commits
      .flat()
      .map((record) => (record.value === undefined ? `${record.kind} ${record.key}` : record));
    expect(read).toEqual(expected);
  });

  it('notices every byte that changes', () => {
    const file = fileOf([[sample], [sample, { ...sample, key: 'other' }]]);
    for (let i = 0; i < file.length; i++) {
      // The number in the head means nothing by itself.
      if (i >= 8 && i < 16) continue;
      const changed = Buffer.from(file);
      changed[i] = (changed[i] as number) ^ 1;
      const { records, faults, isCut } = readFrames(changed);
      expect(records.length).toBeLessThan(3);
      expect(faults.length > 0 || isCut).toBe(true);
    }
  });

  it('takes nothing of a commit with a value that is no JSON', () => {
    const frames = new FrameBuffer();
    frames.append([sample]);
    const size = frames.size;
    expect(() => frames.append([sample, { ...sample, value: (() => 1) as never }])).toThrow(TypeError);
    expect(frames.size).toBe(size);
  });

  it('grows for what is large, and shrinks again', () => {
    const frames = new FrameBuffer();
    frames.append([{ ...sample, value: 'ü'.repeat(2_000_000) }]);
    expect(
      decodeRecord(readFrames(Buffer.concat([fileHead(0), frames.bytes])).records[0] as never)?.value,
    ).toHaveLength(2_000_000);
    frames.clear();
    expect(frames.bytes.buffer.byteLength).toBe(64 * 1024);
  });
});
