/**
 * A group as JSON, every field in Alertmanager's order: the body that webhooks receive, and others in a version of their own.
 *
 * In a large group an alert that goes on firing is written once and kept, so that ten thousand cost little when they are sent
 * again. Bound: one text for each alert that lives.
 */
import { setImmediate } from 'node:timers/promises';

import type { Alert } from '../../domain/alert/index.js';
import { isResolved } from '../../domain/alert/index.js';
import { LabelSet } from '../../domain/labels/index.js';
import type { Notification } from '../../domain/notify/index.js';
import type { Instant } from '../../domain/time/index.js';
import { commonOf } from '../kit/common.js';
import { encodeText } from './go-json.js';
import { groupStatus } from './group.js';
import { KeptTexts } from './kept-texts.js';
import { labelsJson } from './label-json.js';
import { Utf8Bytes } from './utf8-bytes.js';

export interface PayloadOptions {
  readonly version?: string;
  /** The first of the group's alerts; status and what is common are those of all. */
  readonly shownAlerts?: number;
}

/** With a newline at its end. */
export function encodePayload(
  notification: Notification,
  truncatedAlerts: number,
  { version = '4', shownAlerts }: PayloadOptions = {},
): string {
  const { alerts, flushedAt } = notification;
  const shown = shownAlerts === undefined ? alerts : alerts.slice(0, shownAlerts);
  const common = commonTexts(alerts);
  // Of one alert everything is common.
  const texts =
    alerts.length === 1 && shown.length === 1
      ? writeAs(shown[0] as Alert, flushedAt, common)
      : encodeAlerts(shown, flushedAt);
  return payloadOpening(notification) + texts + payloadClosing(notification, truncatedAlerts, version, common);
}

/** Up to the first alert. */
const payloadOpening = (notification: Notification): string =>
  `{"receiver":${receiverTexts.of(notification.receiver)},"status":"${groupStatus(notification)}","alerts":[`;

/** From the last alert on. */
const payloadClosing = (
  { reason, groupLabels, routeLabels, externalURL, groupKey }: Notification,
  truncatedAlerts: number,
  version: string,
  common: CommonTexts,
): string =>
  `],"notification_reason":${encodeText(reason)}` +
  `,"groupLabels":${labelsJson(groupLabels)}` +
  `,"commonLabels":${common.labels}` +
  `,"commonAnnotations":${common.annotations}` +
  `,"routeLabels":${labelsJson(routeLabels)}` +
  `,"externalURL":${encodeText(externalURL)}` +
  `,"version":"${version}"` +
  `,"groupKey":${encodeText(groupKey)}` +
  `,"truncatedAlerts":${truncatedAlerts}}\n`;

/** Label sets that are written already. */
interface CommonTexts {
  readonly labels: string;
  readonly annotations: string;
}

const commonTexts = (alerts: readonly Alert[]): CommonTexts => ({
  labels: labelsJson(commonOf(alerts, ({ labels }) => labels)),
  annotations: labelsJson(commonOf(alerts, ({ annotations }) => annotations)),
});

/** So many alerts take about a millisecond or two. */
const SLICE = 250;
/** A first guess, which costs nothing before it is used. */
const ALERT_BYTES = 1_024;

export const isLargeGroup = ({ alerts }: Notification): boolean => alerts.length > SLICE;

/**
 * The same for a large group, in UTF-8: written piece by piece, everything else having its turn in between, and as bytes at
 * once, since a text of ten megabytes is copied at each step on its way to the socket.
 */
export async function encodeLargePayload(notification: Notification, truncatedAlerts: number): Promise<Uint8Array> {
  const { alerts, flushedAt } = notification;
  const bytes = new Utf8Bytes(alerts.length * ALERT_BYTES);
  bytes.add(payloadOpening(notification));
  for (let from = 0; from < alerts.length; from += SLICE) {
    if (from > 0) {
      await setImmediate();
      bytes.add(',');
    }
    bytes.add(encodeAlerts(alerts.slice(from, from + SLICE), flushedAt));
  }
  bytes.add(payloadClosing(notification, truncatedAlerts, '4', commonTexts(alerts)));
  return bytes.written;
}

/** Few are written as quickly as they are looked up, and need no room meanwhile. */
const WORTH_KEEPING = 50;

function encodeAlerts(alerts: readonly Alert[], now: Instant): string {
  if (alerts.length >= WORTH_KEEPING) return alerts.map((alert) => encodeAlert(alert, now)).join(',');
  return alerts.map((alert) => writeAs(alert, now)).join(',');
}

/** What was made of an alert the last time, good for as long as these parts are the same. */
interface Written {
  readonly annotations: LabelSet;
  readonly startsAt: string;
  readonly generatorURL: string;
  readonly firing: string;
}

/** By labels, which stay one object while an alert lives; the alert itself is made anew with every report. */
const written = new WeakMap<LabelSet, Written>();

function encodeAlert(alert: Alert, now: Instant): string {
  if (!alert.endsAt.isZero) return writeAs(alert, now);
  const { labels, annotations, startsAt, generatorURL } = alert;
  const known = written.get(labels);
  if (known && holdsStill(known, alert)) return known.firing;
  const firing = writeAlert(alert, 'firing');
  written.set(labels, { annotations, startsAt: startsAt.text, generatorURL, firing });
  return firing;
}

const holdsStill = (known: Written, { annotations, startsAt, generatorURL }: Alert): boolean =>
  known.annotations.equals(annotations) && known.startsAt === startsAt.text && known.generatorURL === generatorURL;

const writeAs = (alert: Alert, now: Instant, texts?: CommonTexts): string =>
  writeAlert(alert, isResolved(alert, now) ? 'resolved' : 'firing', texts);

/** Joined rather than added: the engine copies a joined text in one go when it becomes part of a larger one. */
const writeAlert = (
  { labels, annotations, startsAt, endsAt, generatorURL }: Alert,
  status: string,
  texts?: CommonTexts,
): string =>
  [
    `{"status":"${status}","labels":`,
    texts ? texts.labels : labelsJson(labels),
    ',"annotations":',
    texts ? texts.annotations : labelsJson(annotations),
    `,"startsAt":"${startsAt.text}","endsAt":"${endsAt.text}","generatorURL":`,
    encodeText(generatorURL),
    `,"fingerprint":"${labels.fingerprint}"}`,
  ].join('');

/** Receivers stand in notifications as a regular expression that fits their name alone. */
const quoteMeta = (text: string): string => text.replaceAll(/[\\.+*?()|[\]{}^$]/g, String.raw`\$&`);

const receiverTexts = new KeptTexts((receiver) => encodeText(quoteMeta(receiver)));

/** The first alerts of the group; status and what is common are those of the alerts that are left. Zero keeps all. */
export function keepFirst(
  notification: Notification,
  maxAlerts: number,
): { notification: Notification; truncatedAlerts: number } {
  const { alerts } = notification;
  if (maxAlerts <= 0 || alerts.length <= maxAlerts) return { notification, truncatedAlerts: 0 };
  return {
    notification: { ...notification, alerts: alerts.slice(0, maxAlerts) },
    truncatedAlerts: alerts.length - maxAlerts,
  };
}
