import type { Alert } from '../../domain/alert/index.js';
import type { LabelSet } from '../../domain/labels/index.js';
import { formatApiTime } from '../../domain/time/index.js';
import type { AlertView, GroupView } from '../../engine/engine.js';
import { innerText, jsonText } from './answers.js';

/**
 * Alerts and groups as the API writes them.
 *
 * An alert object never changes, so its text is made once: what stands before the receivers, what stands between them and
 * the status, and what follows. Alertmanager's order of members is kept, though no client may lean on it.
 */
interface AlertText {
  readonly head: string;
  readonly middle: string;
  readonly tail: string;
}

const texts = new WeakMap<Alert, AlertText>();
const labelTexts = new WeakMap<LabelSet, string>();

export function alertJson(view: AlertView, receivers: readonly string[], mutedBy: readonly string[]): string {
  const { head, middle, tail } = textOf(view.alert);
  return `${head}${receiversJson(receivers)}${middle}${statusJson(view, mutedBy)}${tail}`;
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

function innerLabels(labels: LabelSet): string {
  let text = labelTexts.get(labels);
  if (text === undefined) labelTexts.set(labels, (text = writeLabels(labels, innerText)));
  return text;
}

function textOf(alert: Alert): AlertText {
  let text = texts.get(alert);
  if (text === undefined) texts.set(alert, (text = writeAlert(alert)));
  return text;
}

function writeAlert({ labels, annotations, startsAt, endsAt, updatedAt, generatorURL }: Alert): AlertText {
  const source = generatorURL === '' ? '' : `,"generatorURL":${innerText(generatorURL)}`;
  return {
    head: `{"annotations":${innerLabels(annotations)},"endsAt":"${endsAt.apiText}","fingerprint":"${labels.fingerprint}","receivers":`,
    middle: `,"startsAt":"${startsAt.apiText}","status":`,
    tail: `,"updatedAt":"${formatApiTime(updatedAt)}"${source},"labels":${innerLabels(labels)}}`,
  };
}

function writeLabels({ names, values }: LabelSet, write: (text: string) => string): string {
  let text = '{';
  for (let i = 0; i < names.length; i++)
    text += `${i === 0 ? '' : ','}${write(names[i] as string)}:${write(values[i] as string)}`;
  return `${text}}`;
}

const CLEAR = '{"inhibitedBy":[],"mutedBy":[],"silencedBy":[],"state":"active"}';

function statusJson({ status: { silencedBy, inhibitedBy } }: AlertView, mutedBy: readonly string[]): string {
  if (silencedBy.length === 0 && inhibitedBy.length === 0 && mutedBy.length === 0) return CLEAR;
  return `{"inhibitedBy":${listJson(inhibitedBy)},"mutedBy":${listJson(mutedBy)},"silencedBy":${listJson(silencedBy)},"state":"suppressed"}`;
}

const listJson = (items: readonly string[]): string =>
  items.length === 0 ? '[]' : `[${items.map(innerText).join(',')}]`;

const receiversJson = (names: readonly string[]): string =>
  names.length === 1
    ? `[{"name":${innerText(names[0] as string)}}]`
    : `[${names.map((name) => `{"name":${innerText(name)}}`).join(',')}]`;
