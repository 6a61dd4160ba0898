/**
 * The body that webhooks receive: version 4, every field in Alertmanager's order.
 *
 * Put together from parts rather than encoded as a whole: labels and annotations of an alert are written once in its life
 * (kit/label-json.ts), so that a group of ten thousand costs little when it is sent again.
 */
import type { Alert } from '../../domain/alert/index.js';
import { isResolved } from '../../domain/alert/index.js';
import { LabelSet } from '../../domain/labels/index.js';
import type { Notification } from '../../domain/notify/index.js';
import type { Instant } from '../../domain/time/index.js';
import { encodeText } from '../kit/go-json.js';
import { labelsJson } from '../kit/label-json.js';

const VERSION = '4';

/** With a newline at its end. */
export function encodePayload(notification: Notification, truncatedAlerts: number): string {
  const { receiver, alerts, flushedAt, reason, groupLabels, routeLabels, externalURL, groupKey } = notification;
  const isFiring = alerts.some((alert) => !isResolved(alert, flushedAt));
  const members = [
    `"receiver":${encodeText(quoteMeta(receiver))}`,
    `"status":"${isFiring ? 'firing' : 'resolved'}"`,
    `"alerts":[${alerts.map((alert) => encodeAlert(alert, flushedAt)).join(',')}]`,
    `"notification_reason":${encodeText(reason)}`,
    `"groupLabels":${labelsJson(groupLabels)}`,
    `"commonLabels":${labelsJson(commonOf(alerts, ({ labels }) => labels))}`,
    `"commonAnnotations":${labelsJson(commonOf(alerts, ({ annotations }) => annotations))}`,
    `"routeLabels":${labelsJson(routeLabels)}`,
    `"externalURL":${encodeText(externalURL)}`,
    `"version":"${VERSION}"`,
    `"groupKey":${encodeText(groupKey)}`,
    `"truncatedAlerts":${truncatedAlerts}`,
  ];
  return `{${members.join(',')}}\n`;
}

function encodeAlert(alert: Alert, now: Instant): string {
  const { labels, annotations, startsAt, endsAt, generatorURL } = alert;
  return (
    `{"status":"${isResolved(alert, now) ? 'resolved' : 'firing'}"` +
    `,"labels":${labelsJson(labels)},"annotations":${labelsJson(annotations)}` +
    `,"startsAt":"${startsAt.text}","endsAt":"${endsAt.text}"` +
    `,"generatorURL":${encodeText(generatorURL)},"fingerprint":"${labels.fingerprint}"}`
  );
}

/** What all alerts share, value for value. */
function commonOf(alerts: readonly Alert[], pick: (alert: Alert) => LabelSet): LabelSet {
  const [first, ...rest] = alerts;
  if (!first) return LabelSet.EMPTY;
  let common = pick(first);
  for (const alert of rest) {
    if (common.size === 0) return common;
    const other = pick(alert);
    if (!sharesAll(common, other))
      common = common.filter((name, value) => other.has(name) && other.get(name) === value);
  }
  return common;
}

function sharesAll({ names, values }: LabelSet, other: LabelSet): boolean {
  for (let i = 0; i < names.length; i++) {
    const name = names[i] as string;
    if (other.get(name) !== values[i] || !other.has(name)) return false;
  }
  return true;
}

/** Receivers stand in notifications as a regular expression that fits their name alone. */
const quoteMeta = (text: string): string => text.replaceAll(/[\\.+*?()|[\]{}^$]/g, String.raw`\$&`);
