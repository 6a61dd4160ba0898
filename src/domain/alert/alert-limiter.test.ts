import { describe, expect, it } from '@jest/globals';
import { LabelSet } from '../labels/index.js';
import { Moment, instant } from '../time/index.js';
import { AlertLimiter } from './alert-limiter.js';

const NOW = instant(100_000);
const alert = (id: string, endSecond: number, alertname = 'A') => ({
  labels: LabelSet.fromObject({ ...(alertname ? { alertname } : {}), id }),
  endsAt: Moment.of(instant(endSecond * 1_000)),
});

/** Admits in turn and tells the answers. */
const play = (limit: number, ...alerts: ReturnType<typeof alert>[]): string => {
  const limiter = new AlertLimiter(limit);
  return alerts.map((one) => (limiter.admit(one, NOW) ? '+' : '-')).join('');
};

describe('the limit for each alertname', () => {
  const CASES: [string, number, ReturnType<typeof alert>[], string][] = [
    ['0 is no limit', 0, [alert('1', 110), alert('2', 110)], '++'],
    ['fills to the limit', 2, [alert('1', 110), alert('2', 110), alert('3', 110)], '++-'],
    ['a known one always passes', 1, [alert('1', 110), alert('1', 120), alert('1', 90)], '+++'],
    ['a past end makes room', 1, [alert('1', 90), alert('2', 110)], '++'],
    ['an end that is now is not past', 1, [alert('1', 100), alert('2', 110)], '+-'],
    ['one past end is one place', 2, [alert('1', 90), alert('2', 110), alert('3', 110), alert('4', 110)], '+++-'],
    ['the earliest end goes first', 2, [alert('1', 95), alert('2', 90), alert('3', 110), alert('1', 110)], '++++'],
    ['a new end of a known one counts', 1, [alert('1', 90), alert('1', 110), alert('2', 110)], '++-'],
    ['a known one may end earlier and be replaced', 1, [alert('1', 110), alert('1', 90), alert('2', 110)], '+++'],
    ['names do not share', 1, [alert('1', 110), alert('2', 110, 'B')], '++'],
    ['without a name they share', 1, [alert('1', 110, ''), alert('2', 110, '')], '+-'],
    ['a resolve message of one that was refused is refused', 1, [alert('1', 110), alert('2', 90)], '+-'],
  ];
  it.each(CASES)('%s', (_name, limit, alerts, answers) => expect(play(limit, ...alerts)).toBe(answers));

  it('drops buckets in which everything is past', () => {
    const limiter = new AlertLimiter(5);
    limiter.admit(alert('1', 90), NOW);
    limiter.admit(alert('1', 90, 'B'), NOW);
    limiter.admit(alert('2', 100, 'B'), NOW);
    limiter.collect(NOW);
    expect(limiter.size).toBe(1);
  });
});
