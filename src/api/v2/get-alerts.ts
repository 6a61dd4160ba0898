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
  await answerList(answer, alertTexts(api, asked.value), api.clock);
}

/** Pieces for answerList: an alert that was not asked for is an empty one. */
function* alertTexts({ engine, clock }: ApiOptions, asked: AlertQuery): Generator<string> {
  const now = clock.now();
  const { receivers } = engine.ruleset;
  let separator = '';
  for (const view of engine.alerts()) {
    const isWanted = asked.wants(view, now) && asked.wantsAnyOf(view.receivers, receivers);
    yield isWanted ? separator + alertJson(view, view.receivers, []) : '';
    if (isWanted) separator = ',';
  }
}

/** GET /api/v2/alerts/groups, by group labels and receiver. Groups that the query leaves empty are left out. */
export async function getAlertGroups(api: ApiOptions, answer: Answer, query: QueryValues): Promise<void> {
  const asked = AlertQuery.parse(query, api.matcherMode, warnOf(api.log));
  if (!asked.ok) return answerMessage(answer, 400, asked.issues[0]?.message ?? '');
  await answerList(answer, groupTexts(api, asked.value, query.boolean('muted', true)), api.clock);
}

interface Chosen {
  readonly group: GroupView;
  readonly alerts: readonly AlertView[];
}

function* groupTexts(api: ApiOptions, asked: AlertQuery, withMuted: boolean): Generator<string> {
  const chosen = yield* chooseGroups(api, asked);
  const told = yield* receiversByAlert(chosen);
  chosen.sort((a, b) => compareGroups(a.group, b.group));
  let separator = '';
  for (const { group, alerts } of chosen) {
    if (!withMuted && group.mutedBy.length > 0) continue;
    const [head, tail] = groupFrame(group);
    yield separator + head;
    for (const [i, view] of alerts.entries()) {
      const receivers = told.get(view.alert.labels.fingerprint) ?? [];
      yield (i === 0 ? '' : ',') + alertJson(view, receivers, group.mutedBy);
    }
    yield tail;
    separator = ',';
  }
}

/** Yields empty pieces, so that long work can be put off in between. */
function* chooseGroups({ engine, clock }: ApiOptions, asked: AlertQuery): Generator<string, Chosen[]> {
  const now = clock.now();
  const { receivers } = engine.ruleset;
  const chosen: Chosen[] = [];
  for (const group of engine.groups()) {
    yield '';
    if (!asked.wantsAnyOf([group.receiver], receivers)) continue;
    const alerts = group.alerts.filter((view) => asked.wants(view, now));
    if (alerts.length > 0) chosen.push({ group, alerts });
  }
  return chosen;
}

/** In groups an alert names the receivers of the groups that were asked for, sorted, once for each group. */
function* receiversByAlert(chosen: readonly Chosen[]): Generator<string, ReadonlyMap<string, readonly string[]>> {
  const receivers = new Map<string, string[]>();
  for (const { group, alerts } of chosen) {
    for (const { alert } of alerts) {
      yield '';
      const { fingerprint } = alert.labels;
      const names = receivers.get(fingerprint);
      if (names) addSorted(names, group.receiver);
      else receivers.set(fingerprint, [group.receiver]);
    }
  }
  return receivers;
}

/** Few: an alert is in as many groups as routes match it. */
function addSorted(names: string[], name: string): void {
  names.push(name);
  names.sort(compareBytes);
}

const compareGroups = (a: GroupView, b: GroupView): number =>
  compareLabelSets(a.labels, b.labels) || compareBytes(a.receiver, b.receiver);
