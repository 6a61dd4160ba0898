import { describe, expect, it } from '@jest/globals';

import { VirtualClock } from '../../test/support/virtual-clock.js';
import { type Duration, duration, plus } from '../domain/time/index.js';
import { CallLimits } from './call-limit.js';

function start() {
  const clock = new VirtualClock();
  const caller = new AbortController();
  const limits = new CallLimits(clock);
  return { clock, caller, under: (ms: number) => limits.under(caller.signal, plus(clock.now(), duration(ms))) };
}

describe('the limit of a send', () => {
  it('ends at its deadline and not before, with all that have the same', async () => {
    const { clock, under } = start();
    const [first, second, later] = [under(1_000), under(1_000), under(1_001)];
    expect(clock.pending).toBe(2);
    await clock.advance(duration(999));
    expect([first, second, later].map(({ aborted }) => aborted)).toEqual([false, false, false]);
    await clock.advance(duration(1));
    expect([first, second, later].map(({ aborted }) => aborted)).toEqual([true, true, false]);
    expect(first.failure.reason).toBe('contextDeadlineExceeded');
    expect((first.reason as Error).name).toBe('TimeoutError');
  });

  it('ends with the caller, who is the reason', () => {
    const { caller, under } = start();
    const limits = [under(1_000), under(2_000)];
    const told: string[] = [];
    limits.forEach((limit, i) => limit.addEventListener('abort', () => told.push(`limit ${i}`)));
    caller.abort();
    caller.abort();
    expect(told).toEqual(['limit 0', 'limit 1']);
    expect(limits.map(({ failure }) => failure.reason)).toEqual(['contextCanceled', 'contextCanceled']);
    expect(() => limits[0]?.throwIfAborted()).toThrow('context canceled');
  });

  it('tells nobody who has left, and nothing after it was lifted', async () => {
    const { clock, under } = start();
    const [left, lifted] = [under(1_000), under(1_000)];
    const told: string[] = [];
    const listener = (): void => void told.push('left');
    left.addEventListener('abort', () => told.push('stayed'));
    left.addEventListener('abort', listener);
    left.removeEventListener('abort', listener);
    lifted.addEventListener('abort', () => told.push('lifted'));
    lifted.lift();
    await clock.advance(duration(1_000));
    expect(told).toEqual(['stayed']);
    expect(lifted.aborted).toBe(false);
  });

  it('leaves no timer behind', () => {
    const { clock, under } = start();
    for (const limit of [under(1_000), under(1_000), under(2_000)]) limit.lift();
    expect(clock.pending).toBe(0);
  });

  it('ends also when its deadline passes while it is made', async () => {
    const { clock, caller } = start();
    const at = plus(clock.now(), duration(1));
    let looks = 0;
    const passing = {
      now: () => plus(clock.now(), duration(looks++ === 0 ? 0 : 5)),
      elapsed: () => clock.elapsed(),
      after: (span: Duration, run: () => void) => clock.after(span, run),
    };
    const limit = new CallLimits(passing).under(caller.signal, at);
    await clock.advance(duration(1));
    expect(limit.aborted).toBe(true);
  });

  it('is over from the start when it comes too late', () => {
    const { caller, under } = start();
    expect(under(0).failure.reason).toBe('contextDeadlineExceeded');
    caller.abort();
    expect(under(1_000).failure.reason).toBe('contextCanceled');
  });
});
