import { compareBytes, compareLabelSets } from '../../domain/labels/index.js';
import type { AlertView, GroupView } from '../../engine/engine.js';
import type { Answer } from '../server/handler.js';
import { alertJson, groupFrame } from './alert-json.js';
import { AlertQuery } from './alert-query.js';
import { answerMessage } from './answers.js';
import { type ApiOptions, warnOf } from './api.js';
import { answerList } from './list-writer.js';
import type { QueryValues } from './query-values.js';

/** GET /api/v2/alerts, by fingerprint. Time intervals do not show here. */
export async function getAlerts(api: ApiOptions, answer: Answer, query: QueryValues): Promise<void> {
  const asked = AlertQuery.parse(query, api.matcherMode, warnOf(api.log));
  if (!asked.ok) return answerMessage(answer, 400, asked.issues[0]?.message ?? '');
  await answerList(answer, alertTexts(api, asked.value));
}

function* alertTexts({ engine, clock }: ApiOptions, asked: AlertQuery): Generator<string> {
  const now = clock.now();
  const { receivers } = engine.ruleset;
  for (const view of engine.alerts()) {
    if (asked.wants(view, now) && asked.wantsAnyOf(view.receivers, receivers))
      yield alertJson(view, view.receivers, []);
  }
}

/** GET /api/v2/alerts/groups, by group labels and receiver. Groups that the query leaves empty are left out. */
export async function getAlertGroups(api: ApiOptions, answer: Answer, query: QueryValues): Promise<void> {
  const asked = AlertQuery.parse(query, api.matcherMode, warnOf(api.log));
  if (!asked.ok) return answerMessage(answer, 400, asked.issues[0]?.message ?? '');
  await answerList(answer, groupTexts(api, asked.value, query.boolean('muted', true)));
}

function* groupTexts({ engine, clock }: ApiOptions, asked: AlertQuery, withMuted: boolean): Generator<string> {
  const now = clock.now();
  const { receivers } = engine.ruleset;
  const chosen = engine
    .groups()
    .filter(({ receiver }) => asked.wantsAnyOf([receiver], receivers))
    .map((group) => ({ group, alerts: group.alerts.filter((view) => asked.wants(view, now)) }))
    .filter(({ alerts }) => alerts.length > 0)
    .sort((a, b) => compareGroups(a.group, b.group));
  const told = receiversByAlert(chosen);
  for (const { group, alerts } of chosen) {
    if (!withMuted && group.mutedBy.length > 0) continue;
    const [head, tail] = groupFrame(group);
    let text = head;
    for (const [i, view] of alerts.entries()) {
      text += `${i === 0 ? '' : ','}${alertJson(view, told.get(view.alert.labels.fingerprint) ?? [], group.mutedBy)}`;
    }
    yield text + tail;
  }
}

interface Chosen {
  readonly group: GroupView;
  readonly alerts: readonly AlertView[];
}

/** In groups an alert names the receivers of the groups that were asked for, sorted, once for each group. */
function receiversByAlert(chosen: readonly Chosen[]): ReadonlyMap<string, readonly string[]> {
  const receivers = new Map<string, string[]>();
  for (const { group, alerts } of chosen) {
    for (const { alert } of alerts) {
      const names = receivers.get(alert.labels.fingerprint);
      if (names) names.push(group.receiver);
      else receivers.set(alert.labels.fingerprint, [group.receiver]);
    }
  }
  for (const names of receivers.values()) if (names.length > 1) names.sort(compareBytes);
  return receivers;
}

const compareGroups = (a: GroupView, b: GroupView): number =>
  compareLabelSets(a.labels, b.labels) || compareBytes(a.receiver, b.receiver);
