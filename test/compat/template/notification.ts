/** The notification in data.json, as our engine gets it. */
import { readFileSync } from 'node:fs';
import type { Alert } from '../../../src/domain/alert/index.js';
import { LabelSet } from '../../../src/domain/labels/index.js';
import type { Notification } from '../../../src/domain/notify/index.js';
import { Moment, instant } from '../../../src/domain/time/index.js';

interface AlertJson {
  readonly status: 'firing' | 'resolved';
  readonly labels: Record<string, string>;
  readonly annotations: Record<string, string>;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly generatorURL: string;
  readonly fingerprint: string;
}

export interface DataJson {
  readonly receiver: string;
  readonly alerts: readonly AlertJson[];
  readonly notification_reason: Notification['reason'];
  readonly groupLabels: Record<string, string>;
  readonly routeLabels: Record<string, string>;
  readonly externalURL: string;
}

const FLUSHED = instant(Date.parse('2026-08-01T00:00:00Z'));
const moment = (text: string): Moment => new Moment(instant(Date.parse(text)), text);

function alertOf(json: AlertJson): Alert {
  const labels = LabelSet.fromObject(json.labels);
  // The recorded fingerprints are made up.
  Object.defineProperty(labels, 'fingerprint', { value: json.fingerprint });
  return {
    labels,
    annotations: LabelSet.fromObject(json.annotations),
    startsAt: moment(json.startsAt),
    endsAt: json.status === 'firing' ? moment('2036-01-01T00:00:00Z') : moment(json.endsAt),
    updatedAt: FLUSHED,
    generatorURL: json.generatorURL,
    timeout: false,
  };
}

export const readNotification = (path: URL): Notification =>
  notificationOf(JSON.parse(readFileSync(path, 'utf8')) as DataJson); // our own fixture

/** `receiver` is needed where the recorded name is quoted already. */
export function notificationOf(json: DataJson, receiver = json.receiver): Notification {
  return {
    receiver,
    groupKey: '{}:{}',
    groupLabels: LabelSet.fromObject(json.groupLabels),
    routeLabels: LabelSet.fromObject(json.routeLabels),
    reason: json.notification_reason,
    alerts: json.alerts.map(alertOf),
    flushedAt: FLUSHED,
    externalURL: json.externalURL,
    data: {},
  };
}
