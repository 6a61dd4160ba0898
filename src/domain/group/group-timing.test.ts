import { describe, expect, it } from '@jest/globals';
import { Moment, duration, instant } from '../time/index.js';
import { firstFlushAt, nextFlushAt } from './group-timing.js';

const NOW = instant(1_000_000);

describe('the first flush of a group', () => {
  it.each([
    ['an alert that just started waits', 0, 30_000, 30_000],
    ['one that started a while ago waits as long', 20_000, 30_000, 30_000],
    ['one as old as group_wait still waits', 30_000, 30_000, 30_000],
    ['an older one goes at once', 30_001, 30_000, 0],
    ['one of the future waits group_wait only', -90_000, 30_000, 30_000],
    ['no wait', 0, 0, 0],
  ])('%s', (_name, age, wait, delay) => {
    const alert = { startsAt: Moment.of(instant(NOW - age)) };
    expect(firstFlushAt(alert, { groupWait: duration(wait) }, NOW) - NOW).toBe(delay);
  });
});

describe('the next flush', () => {
  it.each([
    ['is an interval after the tick', 0, 60_000],
    ['whatever part of it has passed', 59_000, 1_000],
    ['is due at once when missed', 60_000, 0],
    ['only once when missed often', 600_000, 0],
  ])('%s', (_name, since, delay) => {
    expect(nextFlushAt(instant(NOW - since), { groupInterval: duration(60_000) }, NOW) - NOW).toBe(delay);
  });
});
