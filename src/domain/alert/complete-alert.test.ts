import { describe, expect, it } from '@jest/globals';
import { LabelSet, type MatcherMode } from '../labels/index.js';
import { MINUTE, Moment, duration, instant } from '../time/index.js';
import type { Alert } from './alert.js';
import { type PostedAlert, completeAlert } from './complete-alert.js';
import { validateAlert } from './validate-alert.js';

const NOW = instant(1_700_000_000_000);
const RESOLVE_TIMEOUT = duration(5 * MINUTE);
const given = new Moment(instant(1_600_000_000_000), '2020-09-13T14:26:40+02:00');
const later = Moment.of(instant(1_650_000_000_000));
const timeout = Moment.of(instant(NOW + RESOLVE_TIMEOUT));

const posted = (fields: Partial<PostedAlert>): PostedAlert => ({
  labels: LabelSet.fromObject({ alertname: 'A' }),
  annotations: LabelSet.EMPTY,
  startsAt: undefined,
  endsAt: undefined,
  generatorURL: '',
  ...fields,
});

describe('completing a posted alert', () => {
  const TIMES: [string, Moment | undefined, Moment | undefined, Moment, Moment, boolean][] = [
    ['neither', undefined, undefined, Moment.of(NOW), timeout, true],
    ['an end only', undefined, later, later, later, false],
    ['a start only', given, undefined, given, timeout, true],
    ['both', given, later, given, later, false],
    ['the zero time, which is none', Moment.ZERO, Moment.ZERO, Moment.of(NOW), timeout, true],
  ];
  it.each(TIMES)('given %s', (_name, startsAt, endsAt, wantStart, wantEnd, wantTimeout) => {
    const alert = completeAlert(posted({ startsAt, endsAt }), RESOLVE_TIMEOUT, NOW);
    expect(alert).toMatchObject({ startsAt: wantStart, endsAt: wantEnd, timeout: wantTimeout, updatedAt: NOW });
  });

  it('drops labels without a value and keeps such annotations', () => {
    const labels = LabelSet.fromObject({ a: 'b', aa: '', ab: 'c' });
    const annotations = LabelSet.fromObject({ empty: '' });
    const alert = completeAlert(posted({ labels, annotations }), RESOLVE_TIMEOUT, NOW);
    expect(alert.labels.toObject()).toEqual({ a: 'b', ab: 'c' });
    expect(alert.annotations.has('empty')).toBe(true);
  });
});

describe('validating a completed alert', () => {
  const alertWith = (fields: Partial<Alert>): Alert => ({
    ...completeAlert(posted({ startsAt: given, endsAt: later }), RESOLVE_TIMEOUT, NOW),
    ...fields,
  });
  const labels = (name: string, value = 'v'): Partial<Alert> => ({ labels: LabelSet.from([[name, value]]) });

  const CASES: [string, Partial<Alert>, MatcherMode, string][] = [
    ['fine', {}, 'fallback', ''],
    ['equal times', { startsAt: later }, 'fallback', ''],
    ['no start', { startsAt: Moment.ZERO }, 'fallback', 'start time missing'],
    ['end before start', { startsAt: later, endsAt: given }, 'fallback', 'start time must be before end time'],
    ['no labels', { labels: LabelSet.EMPTY }, 'fallback', 'at least one label pair required'],
    ['times are told first', { labels: LabelSet.EMPTY, startsAt: Moment.ZERO }, 'fallback', 'start time missing'],
    ['any text as name', labels('größe 🔥'), 'fallback', ''],
    ['any text as name, utf8', labels('00'), 'utf8', ''],
    ['classic names', labels('_a9'), 'classic', ''],
    ['no classic name', labels('größe "x"'), 'classic', 'invalid label set: invalid name "größe \\"x\\""'],
    ['an empty name', labels(''), 'fallback', 'invalid label set: invalid name ""'],
    ['a value that is no text', labels('a', '\ud800'), 'fallback', 'invalid label set: invalid value "\ufffd"'],
    [
      'annotations the same',
      { annotations: LabelSet.fromObject({ 'a-b': '' }) },
      'classic',
      'invalid annotations: invalid name "a-b"',
    ],
  ];
  it.each(CASES)('%s', (_name, fields, mode, message) => {
    const result = validateAlert(alertWith(fields), mode);
    expect(result.ok ? '' : result.issues.map((issue) => issue.message).join('\n')).toBe(message);
  });
});
