import { describe, expect, it } from '@jest/globals';
import { digitsOf } from './fingerprint.js';
import { LabelSet } from './label-set.js';

/** Posted to a real Alertmanager and read back. */
const FINGERPRINTS: [Record<string, string>, string][] = [
  [{}, 'cbf29ce484222325'],
  [{ alertname: 'HighLatency' }, '73dbeed5635ea4e4'],
  [{ alertname: 'HighLatency', instance: '10.0.0.1:9100', job: 'node', severity: 'critical' }, '0c52d6148930cea4'],
  [{ alertname: 'DiskFull', path: 'C:\\data "x"', unit: 'größe – 日本' }, '9d4a4b6184a98e12'],
  [{ Zed: '1', _x: '3', alertname: 'Order', alpha: '2' }, 'f5bb2c938cdcba54'],
  [{ alertname: '🔥 fire', b: 'line1\nline2' }, 'fd682ef8fc7ec447'],
  [{ a: 'b', ab: 'c' }, '374fc84ecb9bf5e4'],
  [{ alertname: 'alert1', severity: 'critical' }, '0223b772b51c29e1'],
  [{ alertname: 'Down' }, '6accfd3d0992a914'],
];

describe('fingerprint', () => {
  it.each(FINGERPRINTS)('%j is %s', (labels, fingerprint) => {
    expect(LabelSet.fromObject(labels).fingerprint).toBe(fingerprint);
  });

  it.each([
    [0, 8, 0xcbf29ce4],
    [8, 8, 0x84222325],
    [0, 3, 0xcbf],
    [2, 8, 0xf29ce484],
    [15, 1, 5],
  ])('as a number, from digit %d on %d digits', (from, count, number) => {
    expect(digitsOf('cbf29ce484222325', from, count)).toBe(number);
  });
});
