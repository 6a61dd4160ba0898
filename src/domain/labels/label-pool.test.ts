import { describe, expect, it } from '@jest/globals';
import { LabelPool } from './label-pool.js';
import { LabelSet } from './label-set.js';

const set = (labels: Record<string, string>): LabelSet => LabelSet.fromObject(labels);

describe('a pool of labels', () => {
  it.each<[string, Record<string, string>, Record<string, string>, boolean]>([
    ['the same names', { a: '1', b: '2' }, { a: '3', b: '4' }, true],
    ['another name', { a: '1', b: '2' }, { a: '3', c: '4' }, false],
    ['more names', { a: '1' }, { a: '1', b: '2' }, false],
    ['no names', {}, {}, true],
  ])('shares lists of names: %s', (_what, one, other, isShared) => {
    const pool = new LabelPool();
    const [first, second] = [pool.share(set(one)), pool.share(set(other))];
    expect(first.names === second.names).toBe(isShared);
    expect([first.toObject(), second.toObject()]).toEqual([set(one).toObject(), set(other).toObject()]);
  });

  it('gives every text back, also when it has started anew', () => {
    const pool = new LabelPool();
    for (let n = 0; n < 40_000; n++) expect(pool.shareText(`text ${n}`)).toBe(`text ${n}`);
    expect(pool.shareText('x'.repeat(1_000))).toHaveLength(1_000);
  });
});
