import { describe, expect, it } from '@jest/globals';
import { duration } from '../domain/time/index.js';
import { type TimerList, listedClock } from './listed-clock.js';

function aList() {
  const names: string[] = [];
  const list: TimerList = {
    doesExist: (_type, name) => names.includes(name),
    addTimeout: (name) => void names.push(name),
    deleteTimeout: (name) => void names.splice(names.indexOf(name), 1),
  };
  return { names, clock: listedClock(list, 'engine') };
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a listed clock', () => {
  it('lists what waits, each under a name of its own, until it was called or cancelled', async () => {
    const { names, clock } = aList();
    const called = new Promise<void>((resolve) => clock.after(duration(1), resolve));
    const other = clock.after(duration(60_000), () => {});
    expect(names).toEqual(['engine', 'engine-2']);
    await called;
    expect(names).toEqual(['engine-2']);
    other.cancel();
    expect(names).toEqual([]);
  });

  it('calls what is due in the next turn, which needs no list', async () => {
    const { names, clock } = aList();
    const calls: string[] = [];
    clock.after(duration(0), () => calls.push('due'));
    clock.after(duration(0), () => calls.push('cancelled')).cancel();
    expect([names, calls]).toEqual([[], []]);
    await nextTurn();
    expect(calls).toEqual(['due']);
  });
});
