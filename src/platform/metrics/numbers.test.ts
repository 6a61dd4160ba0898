import { describe, expect, it } from '@jest/globals';
import { Counter, Gauge } from './numbers.js';

describe('Counter', () => {
  it('is there from the start without labels', async () => {
    const counter = new Counter('c', 'What it counts.', []);
    expect((await counter.get()).values).toEqual([{ labels: {}, value: 0 }]);
    counter.inc();
    counter.inc(4);
    expect((await counter.get()).values).toEqual([{ labels: {}, value: 5 }]);
    counter.reset();
    expect((await counter.get()).values).toEqual([{ labels: {}, value: 0 }]);
  });

  it('has a number for each combination of labels, one that is missing included', async () => {
    const counter = new Counter<'a' | 'b'>('c', 'What it counts.', ['a', 'b']);
    counter.inc({ a: 'x', b: 'y' });
    counter.inc({ b: 'y', a: 'x' }, 2);
    counter.inc({ a: 'x' }, 0);
    expect((await counter.get()).values).toEqual([
      { labels: { a: 'x', b: 'y' }, value: 3 },
      { labels: { a: 'x' }, value: 0 },
    ]);
    counter.reset();
    expect((await counter.get()).values).toEqual([]);
  });
});

describe('Gauge', () => {
  it('goes up and down', async () => {
    const gauge = new Gauge('g', 'What it shows.', []);
    gauge.set(7);
    gauge.inc();
    gauge.dec();
    gauge.dec();
    expect(await gauge.get()).toMatchObject({ type: 'gauge', values: [{ labels: {}, value: 6 }] });
  });

  it('is set for labels', async () => {
    const gauge = new Gauge<'a'>('g', 'What it shows.', ['a']);
    gauge.set({ a: 'x' }, 2);
    gauge.set({ a: 'x' }, 1);
    expect((await gauge.get()).values).toEqual([{ labels: { a: 'x' }, value: 1 }]);
  });
});
