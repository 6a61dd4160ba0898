import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { LabelSet } from '../labels/index.js';
import { instant } from '../time/index.js';
import { type GroupState, groupFromRecord, groupToRecord } from './group-record.js';

const group: GroupState = {
  routeId: '{}/{a="b"}/0',
  groupKey: '{}/{a="b"}:{c="d"}',
  labels: LabelSet.fromObject({ c: 'd' }),
  nextFlushAt: instant(1_700_000_000_000),
  flushed: true,
  mutedBy: ['weekend'],
};

const record = JSON.parse(JSON.stringify(groupToRecord(group))) as Record<string, unknown>;

describe('the record of a group', () => {
  it('comes back as it went', () => expect(groupFromRecord(record)).toEqual({ ok: true, value: group }));

  it.each([
    ['no object', 1],
    ['no route', { ...record, r: 1 }],
    ['no key', { ...record, k: null }],
    ['no labels', { ...record, l: 'x' }],
    ['no time', { ...record, n: 'soon' }],
  ])('tells damage: %s', (_name, value) => expect(groupFromRecord(value).ok).toBe(false));

  it('goes without the rest', () => {
    const result = groupFromRecord({ ...record, f: undefined, m: undefined });
    expect(result).toMatchObject({ ok: true, value: { flushed: false, mutedBy: [] } });
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => typeof groupFromRecord(value).ok === 'boolean'));
  });
});
