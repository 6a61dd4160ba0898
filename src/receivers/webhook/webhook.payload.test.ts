import { readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';

import type { Alert } from '../../domain/alert/index.js';
import { LabelSet } from '../../domain/labels/index.js';
import type { Notification } from '../../domain/notify/index.js';
import { Moment, instant } from '../../domain/time/index.js';
import { encodeLargePayload, encodePayload } from '../kit/payload.js';

const golden = (name: string): string => readFileSync(new URL(`./golden/${name}.golden`, import.meta.url), 'utf8');

const NOW = instant(Date.UTC(2026, 5, 1));
const at = (text: string): Moment => new Moment(instant(Date.parse(text)), text);

const alert = (labels: Record<string, string>, more: Partial<Alert> = {}): Alert => ({
  labels: LabelSet.fromObject({ alertname: 'High<CPU>', ...labels }),
  annotations: LabelSet.fromObject({ summary: 'a & b' }),
  startsAt: at('2026-01-02T03:04:05Z'),
  endsAt: Moment.ZERO,
  updatedAt: NOW,
  generatorURL: '',
  timeout: false,
  ...more,
});

const withDetails = alert(
  { job: 'j', instance: 'b', z: '\u2028😀' },
  {
    annotations: LabelSet.fromObject({ summary: 'a & b', d: 'x' }),
    startsAt: at('2026-01-02T03:04:05.678901234+02:00'),
    generatorURL: 'http://prom/graph?a=1&b=<2>',
  },
);

const notification = (alerts: readonly Alert[], more: Partial<Notification> = {}): Notification => ({
  receiver: 'team.a/b',
  groupKey: '{}:{alertname="High<CPU>"}',
  groupLabels: LabelSet.fromObject({ alertname: 'High<CPU>' }),
  routeLabels: LabelSet.fromObject({ tier: 'High<CPU>-x' }),
  reason: 'first notification',
  alerts,
  flushedAt: NOW,
  externalURL: 'http://am.example:9093',
  data: {},
  ...more,
});

// The golden files are what Alertmanager 0.34 sent for these groups.
describe('the payload is Alertmanager’s', () => {
  it('for a first notification', () => {
    const alerts = [
      alert({ _a: '1', job: 'i', instance: 'c' }),
      alert({ job: 'j', instance: 'a' }),
      alert({ instance: 'd' }, { annotations: LabelSet.EMPTY }),
    ];
    expect(encodePayload(notification(alerts), 1)).toBe(golden('first'));
  });

  it('for a truncated one, where times keep their zone and characters are escaped', () => {
    const alerts = [alert({ _a: '1', job: 'i', instance: 'c' }), alert({ job: 'j', instance: 'a' }), withDetails];
    expect(encodePayload(notification(alerts, { reason: 'new alerts added' }), 2)).toBe(golden('truncated'));
  });
});

it('has annotations as they are, read before or not', () => {
  const texts = ['as is', '"', 'a > b', String.raw`\n`, 'é', '\u2028', '🔥', '\u007f'];
  for (const summary of texts) {
    const annotations = LabelSet.fromObject({ description: 'x', summary });
    const unread = LabelSet.ofWritten(annotations.names, JSON.stringify(annotations));
    expect(encodePayload(notification([alert({}, { annotations: unread })]), 0)).toBe(
      encodePayload(notification([alert({}, { annotations })]), 0),
    );
  }
});

it('tells firing from resolved by the time of the flush', () => {
  const ended = alert({}, { endsAt: at('2026-01-02T04:00:00Z') });
  const read = (...alerts: Alert[]) => JSON.parse(encodePayload(notification(alerts), 0)) as Record<string, unknown>;
  expect(read(ended)).toMatchObject({
    status: 'resolved',
    alerts: [{ status: 'resolved', endsAt: '2026-01-02T04:00:00Z' }],
  });
  expect(read(ended, alert({ a: '1' }))).toMatchObject({ status: 'firing' });
});

it('counts as common what is there with the same value in all, the empty text included', () => {
  const labelled = (labels: Record<string, string>): Alert => alert({}, { annotations: LabelSet.fromObject(labels) });
  const read = (...alerts: Alert[]): unknown =>
    (JSON.parse(encodePayload(notification(alerts), 0)) as { commonAnnotations: unknown }).commonAnnotations;
  expect(read(labelled({ a: '', b: '1' }), labelled({ a: '', b: '2' }))).toEqual({ a: '' });
  expect(read(labelled({ a: '', b: '1' }), labelled({ b: '1' }))).toEqual({ b: '1' });
});

it('quotes the receiver as an expression', () => {
  const text = encodePayload(notification([alert({})], { receiver: String.raw`a.b\c[d]{e}(f)*g+h?i|j^k$l-m/n` }), 0);
  expect((JSON.parse(text) as { receiver: string }).receiver).toBe(
    String.raw`a\.b\\c\[d\]\{e\}\(f\)\*g\+h\?i\|j\^k\$l-m/n`,
  );
});

it.each<[string, Partial<Alert>]>([
  ['annotations', { annotations: LabelSet.fromObject({ summary: 'new' }) }],
  ['start', { startsAt: at('2026-01-03T00:00:00Z') }],
  ['source', { generatorURL: 'http://new' }],
  ['end', { endsAt: at('2026-01-03T00:00:00Z') }],
])('shows a changed %s of an alert that was sent before', (_name, change) => {
  const before = alert({ changing: 'yes' });
  const first = encodePayload(notification([before]), 0);
  expect(encodePayload(notification([{ ...before }]), 0)).toBe(first);
  const fresh = encodePayload(notification([alert({ changing: 'yes' }, change)]), 0);
  expect(encodePayload(notification([{ ...before, ...change }]), 0)).toBe(fresh);
  expect(fresh).not.toBe(first);
});

it('of a large group is written piece by piece, and is the same', async () => {
  const many = (): Alert[] =>
    Array.from({ length: 600 }, (_, i) =>
      alert(
        { n: `é${i}`, ...(i === 300 ? { long: '€'.repeat(300_000) } : {}) },
        i % 7 === 0 ? { endsAt: at('2026-05-31T00:00:00Z') } : {},
      ),
    );
  const whole = encodePayload(notification(many()), 0);
  let isWritten = false;
  const writing = encodeLargePayload(notification(many()), 0).then((bytes) => {
    isWritten = true;
    return Buffer.from(bytes).toString();
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(isWritten).toBe(false);
  expect(await writing).toBe(whole);
});
