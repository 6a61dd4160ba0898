import { describe, expect, it } from '@jest/globals';
import { duration, instant } from '../time/index.js';
import { dedup } from './dedup.js';

const NOW = instant(1_000_000);
const REPEAT = duration(100_000);

/** What was last told: firing, resolved, and how long ago. */
type Entry = readonly [string, string, number];

const verdictOf = (entry: Entry | undefined, firing: string, resolved: string, sendResolved: boolean): string => {
  const told = entry && { firing: [...entry[0]], resolved: [...entry[1]], sentAt: instant(NOW - entry[2]) };
  const batch = { firing: [...firing], resolved: [...resolved] };
  const verdict = dedup(told, batch, sendResolved, REPEAT, NOW);
  return verdict.notify ? verdict.reason : verdict.because;
};

describe('whether an integration has to be told', () => {
  const CASES: [string, Entry | undefined, string, string, boolean, string][] = [
    ['nothing told, something fires', undefined, 'ab', '', true, 'first notification'],
    ['nothing told, fires and resolved', undefined, 'a', 'b', false, 'first notification'],
    ['nothing told, all resolved', undefined, '', 'a', true, 'never-told'],
    ['nothing told, nothing there', undefined, '', '', true, 'never-told'],
    ['fires after a resolution was told', ['', 'a', 0], 'a', '', true, 'first notification'],
    ['a new alert', ['a', '', 0], 'ab', '', true, 'new alerts added'],
    ['another alert in its place', ['a', '', 0], 'b', 'a', true, 'new alerts added'],
    ['all resolved', ['ab', '', 0], '', 'a', true, 'all alerts resolved'],
    ['all resolved, whatever send_resolved says', ['a', '', 0], '', 'a', false, 'all alerts resolved'],
    ['other resolved ones, nothing was firing', ['', 'a', 0], '', 'b', true, 'told-resolved'],
    ['the same resolved ones', ['', 'a', 200_000], '', 'a', true, 'told-resolved'],
    ['some resolved', ['ab', '', 0], 'a', 'b', true, 'some alerts resolved'],
    ['some resolved, and told so', ['ab', 'b', 0], 'a', 'b', true, 'unchanged'],
    ['fewer resolved than told', ['ab', 'bc', 0], 'a', 'b', true, 'unchanged'],
    ['some resolved, not wanted', ['ab', '', 0], 'a', 'b', false, 'unchanged'],
    ['fewer firing is no reason', ['ab', '', 0], 'a', '', true, 'unchanged'],
    ['the same, not yet time', ['a', '', 99_999], 'a', '', true, 'unchanged'],
    ['the same, exactly at the interval', ['a', '', 100_000], 'a', '', true, 'unchanged'],
    ['the same, after the interval', ['a', '', 100_001], 'a', '', true, 'repeat interval elapsed'],
    ['told at no time', ['a', '', NOW], 'a', '', false, 'repeat interval elapsed'],
  ];
  it.each(CASES)('%s', (_name, entry, firing, resolved, sendResolved, want) => {
    expect(verdictOf(entry, firing, resolved, sendResolved)).toBe(want);
  });

  it('tells after which instant it is repeated', () => {
    const entry = { firing: ['a'], resolved: [], sentAt: instant(950_000) };
    expect(dedup(entry, { firing: ['a'], resolved: [] }, true, REPEAT, NOW)).toEqual({
      notify: false,
      because: 'unchanged',
      repeatAfter: 1_050_000,
    });
  });
});
