import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { anyText } from '../../../test/support/any-text.js';
import { compareBytes } from './byte-order.js';
import { LabelSet, compareLabelSets } from './label-set.js';
import { isClassicName, isLabelName, isLabelValue } from './validity.js';

const name = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'job', 'é', '🔥', '\ue000'),
  fc.string({ minLength: 1 }),
);
const pairs = fc.array(fc.tuple(name, fc.string({ unit: 'grapheme' })), { maxLength: 8 });
const labelSet = pairs.map((entries) => LabelSet.from(entries));

describe('LabelSet', () => {
  it('keeps names in byte order, each once, the last value of each', () => {
    fc.assert(
      fc.property(pairs, (entries) => {
        const labels = LabelSet.from(entries);
        const { names } = labels;
        for (let i = 1; i < names.length; i++)
          expect(compareBytes(names[i - 1] as string, names[i] as string)).toBeLessThan(0);
        expect(new Map(labels.entries())).toEqual(new Map(entries));
        for (const [key, value] of new Map(entries)) expect([labels.has(key), labels.get(key)]).toEqual([true, value]);
      }),
    );
  });

  it('has one identity whatever the order', () => {
    fc.assert(
      fc.property(labelSet, (labels) => {
        const again = LabelSet.from([...labels.entries()].reverse());
        expect(again.equals(labels)).toBe(true);
        expect(again.fingerprint).toBe(labels.fingerprint);
      }),
    );
  });

  it('is equal only to the same labels', () => {
    fc.assert(
      fc.property(labelSet, labelSet, (a, b) => {
        const same = JSON.stringify([...a.entries()]) === JSON.stringify([...b.entries()]);
        expect(a.equals(b)).toBe(same);
        expect(compareLabelSets(a, b) === 0).toBe(same);
        expect(Math.sign(compareLabelSets(a, b))).toBe(0 - Math.sign(compareLabelSets(b, a)));
      }),
    );
  });

  it('is the same when it is read from JSON, whenever that happens', () => {
    fc.assert(
      fc.property(labelSet, labelSet, (labels, others) => {
        const unread = (): LabelSet => LabelSet.ofWritten(labels.names, JSON.stringify(labels));
        const read = unread();
        expect(read.values).toEqual(labels.values);
        expect(read.values).toBe(read.values);
        expect(read.plainJson).toBeUndefined();
        for (const one of [unread(), read, labels])
          for (const other of [unread(), read, labels, others]) expect(one.equals(other)).toBe(labels.equals(other));
        expect(unread().fingerprint).toBe(labels.fingerprint);
        expect(unread().toObject()).toEqual(labels.toObject());
      }),
    );
  });

  it('sees an absent label as empty, also one that every object has', () => {
    const labels = LabelSet.fromObject({ job: 'node' });
    expect([labels.get('toString'), labels.get('__proto__'), labels.has('constructor')]).toEqual(['', '', false]);
    expect(Object.getPrototypeOf(labels.toObject())).toBeNull();
    expect(JSON.stringify(LabelSet.from([['__proto__', 'x']]))).toBe('{"__proto__":"x"}');
  });

  it('filters', () => {
    const labels = LabelSet.fromObject({ a: '1', b: '2', c: '3' });
    expect(labels.filter((key) => key !== 'b').toObject()).toEqual(LabelSet.fromObject({ a: '1', c: '3' }).toObject());
    expect(labels.filter(() => false)).toBe(LabelSet.EMPTY);
  });
});

describe('compareLabelSets', () => {
  it.each<[string, Record<string, string>, Record<string, string>]>([
    ['fewer labels first', { z: '9' }, { a: '1', b: '1' }],
    ['the lower value', { a: '1', b: '2' }, { a: '1', b: '3' }],
    ['the set that lacks the first name', { b: '1' }, { a: '9' }],
    ['upper case before lower case', { a: 'B' }, { a: 'a' }],
  ])('%s', (_, first, second) => {
    const [a, b] = [LabelSet.fromObject(first), LabelSet.fromObject(second)];
    expect([Math.sign(compareLabelSets(a, b)), Math.sign(compareLabelSets(b, a))]).toEqual([-1, 1]);
  });
});

describe('compareBytes', () => {
  it('orders as UTF-8 bytes do', () => {
    fc.assert(
      fc.property(anyText(), anyText(), (a, b) => {
        expect(Math.sign(compareBytes(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      }),
    );
  });

  it('puts what is beyond the first plane last', () => {
    expect(['🔥', '\ue000', 'z', '\ud7ff'].sort(compareBytes)).toEqual(['z', '\ud7ff', '\ue000', '🔥']);
  });
});

describe('validity', () => {
  it.each<[string, boolean, boolean]>([
    ['job', true, true],
    ['_x9', true, true],
    ['9x', false, true],
    ['a:b', false, true],
    ['a-b', false, true],
    ['größe', false, true],
    ['', false, false],
    ['\ud800', false, false],
  ])('%j as a name', (text, classic, utf8) => {
    expect([isLabelName(text, 'classic'), isClassicName(text)]).toEqual([classic, classic]);
    expect([isLabelName(text, 'utf8'), isLabelName(text, 'fallback')]).toEqual([utf8, utf8]);
  });

  it('takes every text that has a UTF-8 form as a value', () => {
    expect(['', '🔥', '\ud83d'].map(isLabelValue)).toEqual([true, true, false]);
  });
});
