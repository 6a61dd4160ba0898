import { describe, expect, it } from '@jest/globals';
import type { Alert } from '../alert/index.js';
import { LabelSet } from '../labels/index.js';
import { Moment, duration, instant } from '../time/index.js';
import {
  type FlushDecision,
  type FlushGroup,
  type FlushWorld,
  type IntegrationDecision,
  decideFlush,
  settleFlush,
} from './decide-flush.js';
import { logEntryAfter } from './log-entry.js';
import { countMuted } from './mute-stages.js';
import type { IntegrationRef, LogEntry } from './notification.js';
import { xxh64OfLabels } from './xxh64.js';

const NOW = instant(10_000_000);
const HOOK: IntegrationRef = { receiver: 'team', type: 'webhook', index: 0 };
const MAIL: IntegrationRef = { receiver: 'team', type: 'email', index: 0 };
const ROUTE: FlushGroup['route'] = {
  activeTimeIntervals: [],
  muteTimeIntervals: [],
  repeatInterval: duration(3_600_000),
};

const labelsOf = (name: string) => LabelSet.fromObject({ alertname: name });
const print = (name: string) => labelsOf(name).fingerprint;

/** A lower-case name fires, an upper-case name is resolved: `aB` is two alerts named a and b. */
const alert = (letter: string, updatedAt = 9_000_000): Alert => ({
  labels: labelsOf(letter.toLowerCase()),
  annotations: LabelSet.EMPTY,
  startsAt: Moment.of(instant(1_000_000)),
  endsAt: Moment.of(instant(letter === letter.toLowerCase() ? 11_000_000 : 9_500_000)),
  updatedAt: instant(updatedAt),
  generatorURL: '',
  timeout: false,
});
const alerts = (letters: string) => [...letters].map((letter) => alert(letter));
const write = (list: readonly Alert[]) =>
  list
    .map(({ labels, endsAt }) => (endsAt.isZero ? labels.get('alertname') : labels.get('alertname').toUpperCase()))
    .join('');

const entry = (firing: string, resolved: string, fields: Partial<LogEntry> = {}): LogEntry => ({
  groupKey: '{}:{}',
  integration: HOOK,
  firing: [...firing].map(print),
  resolved: [...resolved].map(print),
  hashing: 'fingerprint',
  sentAt: instant(NOW - 60_000),
  expiresAt: instant(NOW + 60_000),
  data: { id: 7 },
  ...fields,
});

interface Setting {
  readonly inhibited?: string;
  readonly silenced?: string;
  readonly inForce?: readonly string[];
  readonly log?: LogEntry | undefined;
  readonly sendResolved?: boolean;
  readonly strict?: boolean;
}

const has = (letters: string | undefined, labels: LabelSet) => (letters ?? '').includes(labels.get('alertname'));
const world = ({
  inhibited,
  silenced,
  inForce = [],
  log,
  sendResolved = true,
  strict = false,
}: Setting): FlushWorld => ({
  integrations: [{ ref: HOOK, sendResolved }],
  inhibitors: (labels) =>
    has(inhibited, labels) ? [{ source: 'f00', rule: 'r', ruleIndex: 0, endsAt: instant(NOW + 1) }] : [],
  silencedBy: (labels) => (has(silenced, labels) ? ['silence-1'] : []),
  intervalsInForce: (names) => names.filter((name) => inForce.includes(name)),
  logEntry: () => log,
  strict,
});

const flush = (letters: string, setting: Setting = {}, route: Partial<FlushGroup['route']> = {}): FlushDecision =>
  decideFlush({ route: { ...ROUTE, ...route }, alerts: alerts(letters) }, world(setting), NOW);

const only = (decision: FlushDecision) => decision.integrations[0] as IntegrationDecision;
const text = (decision: IntegrationDecision): string =>
  decision.action === 'skip'
    ? `skip: ${decision.because}`
    : `${decision.action} ${write(decision.alerts)}: ${decision.reason}`;

describe('what an integration gets', () => {
  const CASES: [string, string, Setting, string][] = [
    ['an empty group', '', {}, 'skip: empty'],
    ['the first time', 'ab', {}, 'send ab: first notification'],
    ['with resolved ones', 'Ab', {}, 'send Ab: first notification'],
    ['without them', 'bA', { sendResolved: false }, 'send b: first notification'],
    ['resolved before the first flush', 'A', {}, 'skip: never-told'],
    ['fired and resolved within an interval', 'A', { log: entry('', '') }, 'skip: told-resolved'],
    ['the same, with another firing', 'Ab', { log: entry('b', '') }, 'send Ab: some alerts resolved'],
    ['several resolved, another firing', 'ABc', { log: entry('abc', '') }, 'send ABc: some alerts resolved'],
    ['all resolved', 'AB', { log: entry('ab', '') }, 'send AB: all alerts resolved'],
    ['all resolved, not wanted', 'AB', { log: entry('ab', ''), sendResolved: false }, 'log-only : all alerts resolved'],
    ['unchanged', 'a', { log: entry('a', '') }, 'skip: unchanged'],
    ['time to repeat', 'a', { log: entry('a', '', { sentAt: instant(0) }) }, 'send a: repeat interval elapsed'],
    ['a log entry past its expiry counts', 'a', { log: entry('a', '', { expiresAt: instant(0) }) }, 'skip: unchanged'],
    ['one of them silenced', 'ab', { silenced: 'a' }, 'send b: first notification'],
    ['one of them inhibited', 'ab', { inhibited: 'b' }, 'send a: first notification'],
    ['all of them muted, each by another', 'ab', { silenced: 'a', inhibited: 'b' }, 'skip: muted'],
    ['a resolved one silenced', 'Ab', { silenced: 'a', log: entry('b', '') }, 'skip: unchanged'],
  ];
  it.each(CASES)('%s', (_name, letters, setting, want) => expect(text(only(flush(letters, setting)))).toBe(want));

  it('knows the alerts of entries that came from Alertmanager', () => {
    const log = entry('', '', { hashing: 'xxh64', firing: [xxh64OfLabels(labelsOf('a'))] });
    expect(text(only(flush('a', { log })))).toBe('skip: unchanged');
    expect(text(only(flush('ab', { log })))).toBe('send ab: new alerts added');
    expect(flush('A', { log, silenced: 'a' }).kept).toEqual(new Set([print('a')]));
  });

  it.each([
    ['is kept', 'ab', entry('a', ''), { id: 7 }],
    ['is kept at the end', 'A', entry('a', ''), { id: 7 }],
    ['starts anew with a new firing sequence', 'a', entry('', 'a'), {}],
    ['is empty without an entry', 'a', undefined, {}],
  ])('its data %s', (_name, letters, log, data) => {
    expect(only(flush(letters, { log }))).toMatchObject({ action: 'send', data });
  });

  it('is judged by its own log entry', () => {
    const both: FlushWorld = {
      ...world({}),
      integrations: [HOOK, MAIL].map((ref) => ({ ref, sendResolved: true })),
      logEntry: ({ type }) => (type === 'email' ? entry('a', '') : undefined),
    };
    const { integrations } = decideFlush({ route: ROUTE, alerts: alerts('a') }, both, NOW);
    expect(integrations.map(text)).toEqual(['send a: first notification', 'skip: unchanged']);
  });

  it('logs what passed, also what was not sent', () => {
    expect(only(flush('aBc', { sendResolved: false, silenced: 'c' }))).toMatchObject({
      firing: [print('a')],
      resolved: [print('b')],
    });
  });

  it('does not see firing alerts end', () => {
    expect(flush('aB').alerts.map(({ endsAt }) => endsAt.isZero)).toEqual([true, false]);
  });
});

describe('what mutes', () => {
  const night = { activeTimeIntervals: ['work', 'day'], muteTimeIntervals: ['night', 'weekend'] };
  const summary = ({ muted, mutedBy }: FlushDecision) => ({ counts: Object.fromEntries(countMuted(muted)), mutedBy });

  const CASES: [string, string, Setting, Partial<FlushGroup['route']>, object][] = [
    ['nothing', 'ab', {}, {}, { counts: {}, mutedBy: [] }],
    ['inhibition', 'ab', { inhibited: 'a' }, {}, { counts: { inhibition: 1 }, mutedBy: [] }],
    ['silences', 'ab', { silenced: 'ab' }, {}, { counts: { silence: 2 }, mutedBy: [] }],
    [
      'no active interval: all of them are named',
      'ab',
      {},
      night,
      { counts: { active_time_interval: 2 }, mutedBy: ['work', 'day'] },
    ],
    ['one active interval is enough', 'a', { inForce: ['day'] }, night, { counts: {}, mutedBy: [] }],
    [
      'mute intervals: those in force are named',
      'ab',
      { inForce: ['day', 'weekend'] },
      night,
      { counts: { mute_time_interval: 2 }, mutedBy: ['weekend'] },
    ],
    [
      'inhibition comes first, silences are not asked for a muted group',
      'abc',
      { inhibited: 'a', silenced: 'ab' },
      night,
      { counts: { inhibition: 1, active_time_interval: 2 }, mutedBy: ['work', 'day'] },
    ],
    [
      'all inhibited: the intervals are not asked',
      'a',
      { inhibited: 'a', silenced: 'a' },
      night,
      { counts: { inhibition: 1 }, mutedBy: undefined },
    ],
  ];
  it.each(CASES)('%s', (_name, letters, setting, route, want) => {
    expect(summary(flush(letters, setting, route))).toEqual(want);
  });

  it('is told by name', () => {
    const { muted } = flush('abc', { inhibited: 'a', silenced: 'b' });
    expect(muted.map(({ alert: { labels }, by }) => [labels.get('alertname'), by])).toEqual([
      ['a', { reason: 'inhibition', inhibitions: [expect.objectContaining({ source: 'f00', rule: 'r' })] }],
      ['b', { reason: 'silence', silences: ['silence-1'] }],
    ]);
  });
});

describe('what leaves the group after a success', () => {
  const left = (letters: string, setting: Setting, current: readonly Alert[] = alerts(letters)) => {
    const stored = new Map(current.map((one) => [one.labels.fingerprint, one]));
    return settleFlush(flush(letters, setting), (fingerprint) => stored.get(fingerprint));
  };
  const CASES: [string, string, Setting, string][] = [
    ['resolved ones', 'aBC', {}, 'bc'],
    ['also those of which nobody heard', 'A', {}, 'a'],
    ['a silenced one that was never told as firing', 'A', { silenced: 'a', log: entry('b', '') }, 'a'],
    ['a silenced one without any log', 'A', { silenced: 'a' }, 'a'],
    ['not a silenced one that was told as firing', 'AB', { silenced: 'a', log: entry('ab', '') }, 'b'],
    ['nor an inhibited one', 'A', { inhibited: 'a', log: entry('a', '') }, ''],
    [
      'nor one of whom only a log without send_resolved knows',
      'A',
      { silenced: 'a', log: entry('a', ''), sendResolved: false },
      '',
    ],
    ['but all of them when strict', 'AB', { silenced: 'a', log: entry('ab', ''), strict: true }, 'ab'],
  ];
  it.each(CASES)('%s', (_name, letters, setting, names) =>
    expect(left(letters, setting)).toEqual([...names].map(print)),
  );

  it('not one that was reported again meanwhile, nor one that is gone', () => {
    expect(left('ABC', {}, [alert('a', 9_900_000), alert('B')])).toEqual([print('b')]);
  });

  it('a time-muted resolved one stays as well', () => {
    const decision = flush('A', { log: entry('a', '') }, { activeTimeIntervals: ['day'] });
    expect([decision.kept, text(only(decision))]).toEqual([new Set([print('a')]), 'skip: muted']);
  });
});

describe('resolved while muted', () => {
  /** The log after a decision. */
  const logged = (decision: IntegrationDecision): LogEntry => {
    if (decision.action === 'skip') throw new Error('nothing to log');
    return logEntryAfter('{}:{}', decision, { retention: duration(1e9), repeatInterval: ROUTE.repeatInterval }, NOW);
  };

  it('is told when the mute is over', () => {
    const log = entry('a', '');
    expect(text(only(flush('A', { log, silenced: 'a' })))).toBe('skip: muted');
    expect(text(only(flush('A', { log })))).toBe('send A: all alerts resolved');
  });

  it('is told also when something else of the group was told meanwhile', () => {
    const during = only(flush('Abc', { log: entry('ab', ''), silenced: 'a' }));
    expect(text(during)).toBe('send bc: new alerts added');
    const log = logged(during);
    expect(log).toMatchObject({ firing: ['b', 'c'].map(print), owed: ['a'].map(print) });
    expect(flush('Abc', { log, silenced: 'a' }).kept).toEqual(new Set([print('a')]));
    expect(text(only(flush('Abc', { log })))).toBe('send Abc: some alerts resolved');
  });

  it('is told also when it was still firing while something else was told', () => {
    const log = logged(only(flush('abc', { log: entry('ab', ''), silenced: 'a' })));
    expect(log).toMatchObject({ firing: ['b', 'c'].map(print), owed: ['a'].map(print) });
    expect(flush('Abc', { log, silenced: 'a' }).kept).toEqual(new Set([print('a')]));
    expect(text(only(flush('Abc', { log })))).toBe('send Abc: some alerts resolved');
    expect(text(only(flush('A', { log: { ...log, firing: [] } })))).toBe('send A: all alerts resolved');
    expect(text(only(flush('abc', { log })))).toBe('send abc: new alerts added');
  });

  it('is forgotten by the log where strict', () => {
    const during = only(flush('Abc', { log: entry('ab', ''), silenced: 'a', strict: true }));
    expect(logged(during).firing).toEqual(['b', 'c'].map(print));
  });

  it('is one firing sequence when it fires again under the mute', () => {
    expect(text(only(flush('a', { log: entry('a', '') })))).toBe('skip: unchanged');
  });
});
