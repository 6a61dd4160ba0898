import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { LabelPool, LabelSet } from '../labels/index.js';
import { Moment, instant } from '../time/index.js';
import { AlertHeads, alertFromRecord, alertFromText, alertHead, alertToRecord } from './alert-record.js';
import type { Alert } from './alert.js';

const alert: Alert = {
  labels: LabelSet.from([
    ['__proto__', 'x'],
    ['alertname', 'größe 🔥'],
  ]),
  annotations: LabelSet.fromObject({ summary: 'line1\nline2' }),
  startsAt: new Moment(instant(1_700_000_000_123.25), '2023-11-15T00:13:20.123250001+02:00'),
  endsAt: Moment.of(instant(1_700_000_300_000)),
  updatedAt: instant(1_700_000_000_500),
  generatorURL: 'http://prometheus/graph',
  timeout: true,
};

const throughJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('the record of an alert', () => {
  it('comes back as it went, the writing of times included', () => {
    const read = alertFromRecord(throughJson(alertToRecord(alert)));
    expect(read).toEqual({ ok: true, value: alert });
    expect(read.ok && read.value.startsAt.text).toBe(alert.startsAt.text);
  });

  it('is compact', () => {
    expect(JSON.stringify(alertToRecord({ ...alert, startsAt: alert.endsAt })).length).toBeLessThan(220);
  });

  it('is mostly what the sender wrote, where that is at hand', () => {
    const { labels, annotations, generatorURL } = alert;
    const report = JSON.stringify({ labels, annotations, generatorURL, startsAt: 'as it may', other: 1 });
    const read = alertFromText(alertHead(alert) + report, new LabelPool());
    expect(read).toEqual({ ok: true, value: alert });
    expect(read.ok && [read.value.startsAt.text, read.value.endsAt.text]).toEqual([
      alert.startsAt.text,
      '2023-11-14T22:18:20Z',
    ]);
  });

  it('has the head of the alert before only where no time differs', () => {
    const later = Moment.of(instant(1_700_000_400_000));
    const others: Alert[] = [
      { ...alert, generatorURL: '', annotations: LabelSet.EMPTY },
      { ...alert, startsAt: later },
      { ...alert, endsAt: later },
      { ...alert, updatedAt: instant(1_700_000_000_501) },
      { ...alert, timeout: false },
    ];
    const heads = new AlertHeads();
    for (const other of others.flatMap((one) => [one, one, alert])) expect(heads.of(other)).toBe(alertHead(other));
  });

  it.each([
    ['nothing', ''],
    ['no report', '{"s":1,"e":1,"u":1,"t":true}\n'],
    ['no head', '\n{"labels":{"a":"b"}}'],
    ['half a report', '{"s":1,"e":1,"u":1,"t":true}\n{"labels":{"a":'],
    ['no labels', '{"s":1,"e":1,"u":1,"t":true}\n{}'],
    ['labels of another kind', '{"s":1,"e":1,"u":1,"t":true}\n{"labels":{"a":1}}'],
    ['no object', '1\n2'],
  ])('tells damage of a text: %s', (_name, text) => expect(alertFromText(text, new LabelPool()).ok).toBe(false));

  const whole = throughJson(alertToRecord(alert)) as Record<string, unknown>;
  it.each([
    ['no object', 'text'],
    ['null', null],
    ['a list', []],
    ['labels missing', { ...whole, l: undefined }],
    ['labels odd', { ...whole, l: ['a'] }],
    ['labels empty', { ...whole, l: [] }],
    ['a label that is no text', { ...whole, l: ['a', 1] }],
    ['no start', { ...whole, s: 'yesterday' }],
    ['an end beyond all dates', { ...whole, e: 1e99 }],
    ['no update', { ...whole, u: null }],
  ])('tells damage: %s', (_name, record) => {
    expect(alertFromRecord(record)).toMatchObject({ ok: false, issues: [{ message: 'damaged alert record' }] });
  });

  it('goes without what is only told along', () => {
    const result = alertFromRecord({ l: whole['l'], s: whole['s'], e: whole['e'], u: whole['u'], a: 7, g: 7 });
    expect(result).toMatchObject({
      ok: true,
      value: { annotations: LabelSet.EMPTY, generatorURL: '', timeout: false },
    });
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => typeof alertFromRecord(value).ok === 'boolean'));
  });
});
