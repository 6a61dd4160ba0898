import { describe, expect, it } from '@jest/globals';

import { anAlert } from '../../test/support/builders.js';
import { LabelSet } from '../domain/labels/index.js';
import { instant } from '../domain/time/index.js';
import { AlertsByLabels } from './alerts-by-labels.js';
import { KnownAlert } from './group.js';

const known = (labels: Record<string, string>): KnownAlert => new KnownAlert(anAlert(labels, instant(0)), () => {});

/** The hash looks at values alone, so these have the same. */
const SAME_HASH = ['a', 'b', 'c'].map((name) => ({ [name]: 'x' }));

describe('alerts by labels', () => {
  it.each([[[]], [[0]], [[1]], [[2]], [[2, 0]], [[0, 1, 2]]])('without %j of three of one hash', (removed) => {
    const table = new AlertsByLabels();
    const all = SAME_HASH.map(known);
    for (const one of all) table.add(one);
    for (const i of removed) table.remove(all[i] as KnownAlert);
    const found = SAME_HASH.map((labels) => table.find(LabelSet.fromObject(labels)));
    expect(found).toEqual(all.map((one, i) => (removed.includes(i) ? undefined : one)));
  });
});
