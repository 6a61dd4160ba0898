import { describe, expect, it } from '@jest/globals';
import { LabelSet, compareLabelSets } from '../labels/index.js';
import { sortForNotification, sortInSteps } from './alert-order.js';
import { formatAlertSummary } from './alert-summary.js';

const alert = (labels: Record<string, string>) => ({ labels: LabelSet.fromObject(labels) });

describe('the order of alerts in notifications', () => {
  const ORDERED: [string, Record<string, string>, Record<string, string>][] = [
    ['by job', { job: 'a', instance: '9' }, { job: 'b', instance: '1' }],
    ['then by instance', { job: 'a', instance: '1', z: '1' }, { job: 'a', instance: '2' }],
    ['who has a job comes first', { job: 'z', a: '1' }, { a: '1' }],
    ['who has an instance comes first', { job: 'a', instance: 'z' }, { job: 'a' }],
    ['instances count without jobs', { instance: 'a', z: '1' }, { instance: 'b' }],
    ['fewer labels', { z: '9' }, { a: '1', b: '1' }],
    ['then the lower value', { a: '1', b: '2' }, { a: '1', b: '3' }],
    ['who lacks the lower name', { b: '1' }, { a: '1' }],
    ['by bytes', { job: 'Z' }, { job: 'a' }],
    ['by bytes beyond the basic plane', { job: '\uff5e' }, { job: '🔥' }],
  ];
  it.each(ORDERED)('%s', (_name, first, second) => {
    const [a, b] = [alert(first), alert(second)];
    expect(sortForNotification([a, b], (item) => item)).toEqual([a, b]);
    expect(sortForNotification(new Set([b, a]), (item) => item)).toEqual([a, b]);
  });

  it('is looked for in what belongs to the alerts', () => {
    const items = ['b', 'a', 'c'].map((job) => ({ alert: alert({ job }) }));
    const sorted = sortForNotification(items, (item) => item.alert);
    expect(sorted).toEqual([items[1], items[0], items[2]]);
  });

  it.each([
    ['at many places', 700],
    ['at one', 1],
  ])('is found step by step: %s', (_name, places) => {
    const instance = (n: number) => `i${String(n % places).padStart(3, '0')}`;
    // By places, then within each. 997 is prime to the number of alerts, so all of them come, and in disorder.
    const inOrder = Array.from({ length: 2_000 }, (_, n) => alert({ instance: instance(n), n: String(n) })).sort(
      (a, b) => compareLabelSets(a.labels, b.labels),
    );
    const disorder = inOrder.map((_, i) => inOrder[(i * 997) % inOrder.length] as (typeof inOrder)[number]);
    let asked = 0;
    const steps = sortInSteps(disorder, (item) => (asked++, item));
    const askedInSteps: number[] = [];
    for (;;) {
      const { done, value } = steps.next();
      askedInSteps.push(asked);
      asked = 0;
      if (!done) continue;
      expect(value).toEqual(inOrder);
      break;
    }
    expect(askedInSteps.length).toBeGreaterThan(4);
    // To put 500 in order takes some nine looks at each, by two.
    expect(Math.max(...askedInSteps)).toBeLessThan(10_000);
  });
});

describe('the summary of alerts', () => {
  const named = (...names: string[]) => names.map((alertname) => alert({ alertname }));
  it.each([
    [named(), ''],
    [named('High'), 'High: 1'],
    [named('High', 'Low', 'High', 'High'), 'High: 3, Low: 1'],
    [named('__proto__', 'constructor'), '__proto__: 1, constructor: 1'],
    [[alert({ a: 'b' })], ': 1'],
  ])('%#: %s', (alerts, text) => expect(formatAlertSummary(alerts)).toBe(text));
});
