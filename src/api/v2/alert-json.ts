import type { Alert } from '../../domain/alert/index.js';
import type { LabelSet } from '../../domain/labels/index.js';
import { type Instant, formatApiTime } from '../../domain/time/index.js';
import type { AlertStatus, AlertView, GroupView } from '../../engine/engine.js';
import { innerText, jsonText } from './answers.js';

/**
 * Alerts and groups as the API writes them. Alertmanager's order of members is kept, though no client may lean on it.
 */
export const alertJson = (
  { alert, status }: AlertView,
  receivers: readonly string[],
  mutedBy: readonly string[],
): string => writeAlert(alert, receivers, statusJson(status, mutedBy));

/** With the status written already. */
export function writeAlert(alert: Alert, receivers: readonly string[], status: string): string {
  const { labels, annotations, startsAt, endsAt, updatedAt, generatorURL } = alert;
  const source = generatorURL === '' ? '' : `,"generatorURL":${innerText(generatorURL)}`;
  return (
    `{"annotations":${writeLabels(annotations, innerText)},"endsAt":"${endsAt.apiText}",` +
    `"fingerprint":"${labels.fingerprint}","receivers":${receiversJson(receivers)},"startsAt":"${startsAt.apiText}",` +
    `"status":${status},"updatedAt":"${updateText(updatedAt)}"${source},"labels":${writeLabels(labels, innerText)}}`
  );
}

/** What comes before the alerts of a group, and what comes after. */
export function groupFrame(group: GroupView): readonly [string, string] {
  const receiver = jsonText(group.receiver);
  return [
    '{"alerts":[',
    `],"labels":${labelsJson(group.labels)},"receiver":{"name":${receiver}},"routeLabels":${labelsJson(group.routeLabels)}}`,
  ];
}

export const labelsJson = (labels: LabelSet): string => writeLabels(labels, jsonText);

function writeLabels(labels: LabelSet, write: (text: string) => string): string {
  const { plainJson } = labels;
  if (plainJson !== undefined) return plainJson;
  const { names, values } = labels;
  let text = '{';
  for (let i = 0; i < names.length; i++)
    text += `${i === 0 ? '' : ','}${write(names[i] as string)}:${write(values[i] as string)}`;
  return `${text}}`;
}

let lastUpdate: Instant | undefined;
let lastUpdateText = '';

/** All alerts of one batch were updated at the same instant. */
function updateText(at: Instant): string {
  if (at !== lastUpdate) {
    lastUpdate = at;
    lastUpdateText = formatApiTime(at);
  }
  return lastUpdateText;
}

const CLEAR = '{"inhibitedBy":[],"mutedBy":[],"silencedBy":[],"state":"active"}';

export function statusJson({ silencedBy, inhibitedBy }: AlertStatus, mutedBy: readonly string[]): string {
  if (silencedBy.length === 0 && inhibitedBy.length === 0 && mutedBy.length === 0) return CLEAR;
  return `{"inhibitedBy":${listJson(inhibitedBy)},"mutedBy":${listJson(mutedBy)},"silencedBy":${listJson(silencedBy)},"state":"suppressed"}`;
}

const listJson = (items: readonly string[]): string =>
  items.length === 0 ? '[]' : `[${items.map(innerText).join(',')}]`;

const receiversJson = (names: readonly string[]): string =>
  names.length === 1
    ? `[{"name":${innerText(names[0] as string)}}]`
    : `[${names.map((name) => `{"name":${innerText(name)}}`).join(',')}]`;
