import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { anyText } from '../../../test/support/any-text.js';
import { LabelSet } from '../labels/index.js';
import { formatGroupLabels, groupKey, groupLabels } from './group-key.js';

const labels = LabelSet.fromObject({ alertname: 'Down', job: 'node', zone: 'a' });

describe('group labels', () => {
  it.each([
    ['none', [], {}],
    ['those of the list', ['zone', 'alertname'], { alertname: 'Down', zone: 'a' }],
    ['not what the alert lacks', ['zone', 'cluster'], { zone: 'a' }],
    ['all', '...' as const, { alertname: 'Down', job: 'node', zone: 'a' }],
  ])('%s', (_name, groupBy, want) => expect(groupLabels({ groupBy }, labels)).toEqual(LabelSet.fromObject(want)));
});

describe('the key of a group', () => {
  it.each([
    ['{}', { alertname: 'HighLatency' }, '{}:{alertname="HighLatency"}'],
    ['{}/{team="db"}', {}, '{}/{team="db"}:{}'],
    [
      '{}/{env="testing"}',
      { service: 'api', alertname: 'TestingAlert' },
      '{}/{env="testing"}:{alertname="TestingAlert", service="api"}',
    ],
    [
      '{}',
      { alertname: 'E', v: 'a"b\\c\nd\té☃\x01\u00a0 x', zz: 'b"c' },
      '{}:{alertname="E", v="a\\"b\\\\c\\nd\\té☃\\x01\\u00a0 x", zz="b\\"c"}',
    ],
    ['{}', { v: '\x07\b\f\v\r\x7f' }, '{}:{v="\\a\\b\\f\\v\\r\\x7f"}'],
    ['{}', { v: '\u200b\u{e0001}🔥' }, '{}:{v="\\u200b\\U000e0001🔥"}'],
    ['{}', { 'a b': '1', Ä: '2', Z: '3' }, '{}:{Z="3", a b="1", Ä="2"}'],
  ])('%s with %j', (key, values, want) => expect(groupKey({ key }, LabelSet.fromObject(values))).toBe(want));

  it('differs when the labels differ', () => {
    const name = fc.stringMatching(/^[a-z_]{1,3}$/);
    const set = fc.dictionary(name, anyText({ minLength: 1 }), { maxKeys: 3 }).map(LabelSet.fromObject);
    fc.assert(fc.property(set, set, (a, b) => expect(formatGroupLabels(a) === formatGroupLabels(b)).toBe(a.equals(b))));
  });
});
