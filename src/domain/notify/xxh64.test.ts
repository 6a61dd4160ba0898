import { describe, expect, it } from '@jest/globals';
import { LabelSet } from '../labels/index.js';
import { xxh64, xxh64OfLabels } from './xxh64.js';

describe('XXH64', () => {
  /** The first three are the published values of the algorithm. */
  it.each([
    ['', 0xef46db3751d8e999n],
    ['a', 0xd24ec4f1a98c6e5bn],
    ['abc', 0x44bc2cf5ad770999n],
  ])('of "%s"', (text, hash) => expect(xxh64([...text].map((char) => char.charCodeAt(0)))).toBe(hash));

  it.each([
    [{ alertname: 'HighLatency' }, 7268648824276307586n],
    [{ alertname: 'HighLatency', instance: '10.0.0.1:9100', job: 'node', severity: 'critical' }, 8397510235565630207n],
  ])('of the labels %j is what Alertmanager logs', (labels, hash) => {
    expect(BigInt(`0x${xxh64OfLabels(LabelSet.fromObject(labels))}`)).toBe(hash);
  });

  it('is written with sixteen digits', () => {
    for (let i = 0; i < 50; i++) expect(xxh64OfLabels(LabelSet.fromObject({ i: String(i) }))).toMatch(/^[0-9a-f]{16}$/);
  });
});
