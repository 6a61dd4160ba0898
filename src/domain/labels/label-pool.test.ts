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

  it.each<[string, Record<string, string>, boolean]>([
    ['in order', { a: '1', b: '2' }, true],
    ['not in order', { b: '1', a: '2', c: '3' }, true],
    ['with a name that is none', { '': '1' }, false],
    ['without any', {}, true],
  ])('takes names and values as they stand: %s', (_what, labels, isTaken) => {
    const taken = new LabelPool().shareWritten(labels, 'utf8');
    expect([...(taken?.entries() ?? [])]).toEqual(isTaken ? [...set(labels).entries()] : []);
    expect(taken !== undefined).toBe(isTaken);
  });

  it('knows names that are good in one mode only', () => {
    const pool = new LabelPool();
    for (const [mode, isGood] of [
      ['classic', false],
      ['utf8', true],
      ['classic', false],
    ] as const)
      expect(pool.shareWritten({ 'a b': '1' }, mode) !== undefined).toBe(isGood);
  });

  it('gives all values back, whether they are worth sharing or not', () => {
    const pool = new LabelPool();
    const all = Array.from({ length: 20_000 }, (_, n) =>
      set({ often: `${n % 7}`, seldom: `${n % 700}`, once: `${n}`, [`name ${n % 100}`]: 'x' }),
    );
    expect(all.filter((labels) => !pool.share(labels).equals(labels))).toEqual([]);
  });

  it('gives every text back, also when it has started anew', () => {
    const pool = new LabelPool();
    const texts = Array.from({ length: 40_000 }, (_, n) => `text ${n}`);
    expect(texts.filter((text) => pool.shareText(text) !== text)).toEqual([]);
    expect(pool.shareText('x'.repeat(1_000))).toHaveLength(1_000);
  });
});
