import { damaged, labelsFromRecord, labelsToRecord } from '../alert/index.js';
import { type Result, ok } from '../issue/index.js';
import type { LabelSet } from '../labels/index.js';
import { isFields, isTextList, isTime } from '../record/index.js';
import type { Instant } from '../time/index.js';

/** What a group must not forget over a restart: who it is, when it is due, and what it knows about itself. */
export interface GroupState {
  readonly routeId: string;
  readonly groupKey: string;
  readonly labels: LabelSet;
  readonly nextFlushAt: Instant;
  /** Whether group_wait is over. */
  readonly flushed: boolean;
  /** Names of the time intervals that muted it at its last flush. */
  readonly mutedBy: readonly string[];
}

export type GroupRecord = {
  readonly r: string;
  readonly k: string;
  readonly l: readonly string[];
  readonly n: number;
  readonly f: boolean;
  readonly m: readonly string[];
};

export const groupToRecord = (group: GroupState): GroupRecord => ({
  r: group.routeId,
  k: group.groupKey,
  l: labelsToRecord(group.labels),
  n: group.nextFlushAt,
  f: group.flushed,
  m: group.mutedBy,
});

export function groupFromRecord(record: unknown): Result<GroupState> {
  if (!isFields(record)) return damaged('group');
  const { r: routeId, k: groupKey, n: nextFlushAt, f: flushed, m: mutedBy } = record;
  const labels = labelsFromRecord(record['l']);
  if (typeof routeId !== 'string' || typeof groupKey !== 'string' || !labels || !isTime(nextFlushAt))
    return damaged('group');
  return ok({
    routeId,
    groupKey,
    labels,
    nextFlushAt,
    flushed: flushed === true,
    mutedBy: isTextList(mutedBy) ? mutedBy : [],
  });
}
