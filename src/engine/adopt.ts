import { firstFlushAt } from '../domain/group/index.js';
import type { Route } from '../domain/route/index.js';
import type { Ruleset } from '../domain/ruleset/index.js';
import { type Instant, instant, plus } from '../domain/time/index.js';
import type { EngineContext } from './context.js';
import type { Deliveries } from './deliveries.js';
import type { Flusher } from './flush.js';
import { type Group, type KnownAlert, groupId, hasLeft, join, leave } from './group.js';
import { moveLog } from './move-log.js';
import type { NotificationLog } from './notification-log.js';
import type { StateRecords } from './state-records.js';
import type { WorkingSet } from './working-set.js';

/**
 * The swap of the configuration.
 *
 * A group lives on under the new tree when a route of the same key is there: with its timer, its alerts, its sends under
 * way. An alert that the new tree puts elsewhere takes along what the integrations were told about it, so that nobody
 * is told twice because a file was edited; told is only who never heard of it.
 *
 * Alertmanager rebuilds all groups, with new timers, and cancels what is being sent: reference "pipeline", 14.2.
 * We differ: docs/compat.md, "reload"; --compat=strict brings back the timers.
 */
export interface AdoptParts {
  readonly working: WorkingSet;
  readonly flusher: Flusher;
  readonly log: NotificationLog;
  readonly deliveries: Deliveries;
  readonly records: StateRecords;
}

/** Where alerts went: from, to, which. */
type Moves = Map<Group, Map<Group, KnownAlert[]>>;

export function adopt(context: EngineContext, parts: AdoptParts, ruleset: Ruleset, now: Instant): void {
  const { working, flusher, records } = parts;
  const before = [...working.groups.values()];
  const oldRecords = new Map(before.flatMap((group) => records.ofGroup(group, now)).map((r) => [r.key, r]));
  working.useRuleset(ruleset, now);
  const renamed = keepGroups(working, before, now);
  const moves = regroup(working, renamed, now);
  for (const [from, targets] of moves) handOver(context, parts, from, targets, now);
  for (const group of before) if (group.members.size === 0) flusher.close(group, now);
  if (context.options.strict) for (const group of working.groups.values()) beginAnew(working, group, now);

  const kept = [...working.groups.values()].flatMap((group) => records.ofGroup(group, now));
  for (const { key } of kept) oldRecords.delete(key);
  const removals = [...oldRecords.values()].map((record) => ({ ...record, value: undefined }));
  context.journal.note([...removals, ...kept]);
}

/** Finds each group its route in the new tree. New ids by old ones. */
function keepGroups(working: WorkingSet, before: readonly Group[], now: Instant): ReadonlyMap<string, string> {
  const byKey = routesByKey(working.ruleset.routes.routes);
  const renamed = new Map<string, string>();
  const taken = new Set<string>();
  const homeless = new Set(before);
  working.groups.clear();
  working.groupsVersion++;
  for (const isFit of FITS)
    for (const group of homeless) {
      const isFree = (route: Route): boolean => !taken.has(groupId(route, group.key));
      const route = byKey.get(group.route.key)?.find((route) => isFit(route, group.route) && isFree(route));
      if (!route) continue;
      homeless.delete(group);
      const oldId = group.id;
      moveTo(working, group, route, now);
      renamed.set(oldId, group.id);
      taken.add(group.id);
    }
  return renamed;
}

function routesByKey(routes: readonly Route[]): ReadonlyMap<string, readonly Route[]> {
  const byKey = new Map<string, Route[]>();
  for (const route of routes) {
    const same = byKey.get(route.key);
    if (same) same.push(route);
    else byKey.set(route.key, [route]);
  }
  return byKey;
}

/** Best first: siblings with the same matchers share their key. */
const FITS: readonly ((candidate: Route, old: Route) => boolean)[] = [
  (candidate, old) => candidate.id === old.id && candidate.receiver === old.receiver,
  (candidate, old) => candidate.receiver === old.receiver,
  (candidate, old) => candidate.id === old.id,
  () => true,
];

/** Timers go on; but when the new times are shorter the old ones are not sat out. */
function moveTo(working: WorkingSet, group: Group, route: Route, now: Instant): void {
  group.moveTo(route);
  working.groups.add(group);
  working.groupsVersion++;
  const latest = plus(now, group.flushed ? route.groupInterval : route.groupWait);
  if (group.at > latest) working.schedule(group, latest);
}

/** As Alertmanager has it: every group waits like a new one, and one with an old alert is looked at right away. */
function beginAnew(working: WorkingSet, group: Group, now: Instant): void {
  const starts = [...group.members.keys()].map(({ alert }) => firstFlushAt(alert, group.route, now));
  if (starts.length > 0) working.schedule(group, instant(Math.min(...starts)));
}

/** Puts all alerts of which something is left to tell where the new tree wants them. */
function regroup(working: WorkingSet, renamed: ReadonlyMap<string, string>, now: Instant): Moves {
  const moves: Moves = new Map();
  for (const known of working.alerts.values()) {
    known.left = known.left.map((id) => renamed.get(id) ?? id);
    if (known.groups.length === 0) continue;
    const before = known.groups;
    const after = known.routes
      .filter((route) => !hasLeft(known, route))
      .map((route) => working.groupFor(known, route, now));
    const gone = before.filter((group) => !after.includes(group));
    for (const group of gone) leave(known, group);
    for (const group of after) {
      join(known, group);
      if (!before.includes(group)) for (const from of gone) note(moves, from, group, known);
    }
  }
  return moves;
}

function note(moves: Moves, from: Group, to: Group, known: KnownAlert): void {
  let targets = moves.get(from);
  if (!targets) moves.set(from, (targets = new Map()));
  const alerts = targets.get(to);
  if (alerts) alerts.push(known);
  else targets.set(to, [known]);
}

/**
 * What was told of the alerts goes along. What the old group is telling just now counts too: the new ones wait for it, as
 * they do for what the old one had to wait for itself.
 */
function handOver(
  context: EngineContext,
  { working, flusher, log, deliveries }: AdoptParts,
  from: Group,
  targets: ReadonlyMap<Group, readonly KnownAlert[]>,
  now: Instant,
): void {
  const inherit = (key: string, targets: ReadonlyMap<Group, readonly KnownAlert[]>, now: Instant): void =>
    context.journal.note(moveLog({ log, deliveries }, key, targets, working.ruleset.receivers, now));
  inherit(from.key, targets, now);
  for (const awaited of from.flight ? [from, ...from.waitsFor] : from.waitsFor) {
    for (const to of targets.keys()) to.waitFor(awaited);
    flusher.whenLanded(awaited, (now) => {
      // Another reload may have moved them on meanwhile.
      inherit(awaited.key, whereNow(awaited.key, [...targets.values()].flat()), now);
      for (const to of targets.keys()) {
        to.stopWaitingFor(awaited);
        flusher.catchUp(to, now);
      }
    });
  }
}

/** The groups that hold the alerts now; those that are back under the old key have what they need. */
function whereNow(key: string, alerts: readonly KnownAlert[]): ReadonlyMap<Group, readonly KnownAlert[]> {
  const holders = new Map<Group, KnownAlert[]>();
  for (const known of new Set(alerts)) {
    const groups = known.groups;
    if (groups.some((group) => group.key === key)) continue;
    for (const group of groups) holders.set(group, [...(holders.get(group) ?? []), known]);
  }
  return holders;
}
