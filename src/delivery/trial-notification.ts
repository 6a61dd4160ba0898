/**
 * The notification with which a receiver is tried: it says at every place that people and programs look at that it is a test.
 *
 * A label `test="true"` for programs; `[TEST]` before the name by which the group is titled and before the annotations that
 * people read. Its group key is no group's: it opens an incident of its own, and `resolved` closes that one.
 */
import type { Alert } from '../domain/alert/index.js';
import { LabelSet } from '../domain/labels/index.js';
import type { Notification } from '../domain/notify/index.js';
import { type Instant, Moment } from '../domain/time/index.js';

export interface TrialSubject {
  readonly receiver: string;
  readonly status: 'firing' | 'resolved';
  /** None: a sample. */
  readonly alerts: readonly Alert[];
  readonly externalURL: string;
}

export const TEST_MARK = '[TEST]';
const READ_BY_PEOPLE = ['summary', 'description', 'message'];

export function trialNotification({ receiver, status, alerts, externalURL }: TrialSubject, now: Instant): Notification {
  const given = alerts.length === 0 ? [sampleAlert(externalURL, now)] : alerts;
  const name = given[0]?.labels.get('alertname') || 'Alert';
  const groupLabels = LabelSet.fromObject({
    alertname: name.startsWith(TEST_MARK) ? name : `${TEST_MARK} ${name}`,
    test: 'true',
  });
  return {
    receiver,
    groupKey: `{}/{test="true"}:{alertname=${JSON.stringify(name)}}`,
    groupLabels,
    routeLabels: LabelSet.EMPTY,
    reason: status === 'firing' ? 'first notification' : 'all alerts resolved',
    alerts: given.map((alert) => marked(alert, status, now)),
    flushedAt: now,
    externalURL,
    data: {},
  };
}

const sampleAlert = (externalURL: string, now: Instant): Alert => ({
  labels: LabelSet.fromObject({ alertname: `${TEST_MARK} Sample`, severity: 'info' }),
  annotations: LabelSet.fromObject({
    summary: 'A receiver is being tried',
    description: 'Nothing is wrong: someone wanted to see whether notifications arrive here.',
  }),
  startsAt: Moment.of(now),
  endsAt: Moment.ZERO,
  updatedAt: now,
  generatorURL: externalURL,
  timeout: false,
});

function marked(alert: Alert, status: TrialSubject['status'], now: Instant): Alert {
  const { labels, annotations } = alert;
  const texts = new Map(annotations.entries());
  if (!READ_BY_PEOPLE.some((name) => texts.has(name))) texts.set('summary', labels.get('alertname'));
  for (const name of READ_BY_PEOPLE) {
    const text = texts.get(name);
    if (text !== undefined) texts.set(name, `${TEST_MARK} ${text}`);
  }
  return {
    ...alert,
    labels: LabelSet.from([...labels.filter((name) => name !== 'test').entries(), ['test', 'true']]),
    annotations: LabelSet.from(texts),
    endsAt: status === 'firing' ? Moment.ZERO : Moment.of(now),
  };
}
