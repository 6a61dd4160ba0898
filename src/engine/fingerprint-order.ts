import { digitsOf } from '../domain/labels/index.js';
import type { KnownAlert } from './group.js';

/** What has its place in a list beside the first half of a fingerprint in one number. */
const MOST = 2 ** 21;

/**
 * Alerts in the order of their fingerprints. Numbers are put in order much faster than texts, so it is the first halves that are,
 * each with the place of its alert behind it; the rest is looked at where these are the same.
 */
export function sortByFingerprint(alerts: Iterable<KnownAlert>): readonly KnownAlert[] {
  const list = [...alerts];
  if (list.length > MOST) return list.sort(compareFingerprints);
  const keys = new Float64Array(list.length);
  for (let i = 0; i < list.length; i++) keys[i] = digitsOf((list[i] as KnownAlert).fingerprint, 0, 8) * MOST + i;
  keys.sort();
  const sorted = Array.from(keys, (key) => list[key % MOST] as KnownAlert);
  // With the same first half two keys are less than that apart.
  for (let i = 1; i < keys.length; i++) if ((keys[i] as number) - (keys[i - 1] as number) < MOST) moveUp(sorted, i);
  return sorted;
}

/** All before it are in order. */
function moveUp(sorted: KnownAlert[], from: number): void {
  const known = sorted[from] as KnownAlert;
  let to = from;
  for (; to > 0 && compareFingerprints(known, sorted[to - 1] as KnownAlert) < 0; to--)
    sorted[to] = sorted[to - 1] as KnownAlert;
  sorted[to] = known;
}

/** Hex digits, so the engine's own comparison is the order of bytes. */
const compareFingerprints = (a: KnownAlert, b: KnownAlert): number => (a.fingerprint < b.fingerprint ? -1 : 1);
