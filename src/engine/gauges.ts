import type { Instant } from '../domain/time/index.js';
import type { EngineContext } from './context.js';
import type { MemberState } from './group.js';
import type { SilenceBook } from './silences.js';
import type { WorkingSet } from './working-set.js';

/** Figures that are cheaper to read than to keep. */
export function publishGauges(context: EngineContext, working: WorkingSet, silences: SilenceBook): void {
  const { clock, metrics, options } = context;
  metrics.onRead(() => {
    const now = clock.now();
    publishSilences(metrics.silences, silences, now);
    metrics.dispatcher.groups.set(working.groups.size);
    metrics.alerts.current.reset();
    // Alertmanager has no such series before its dispatcher runs.
    if (now < options.startedAt + options.startDelay) return;
    if (options.countGroupKeys) publishByGroup(metrics.alerts.current, working, now);
    else publishAlerts(metrics.alerts.current, working, now);
  });
}

type CurrentAlerts = EngineContext['metrics']['alerts']['current'];
type SilenceMetrics = EngineContext['metrics']['silences'];

const RANK: Readonly<Record<MemberState, number>> = { unprocessed: 0, active: 1, suppressed: 2 };
const STATES: readonly MemberState[] = ['active', 'suppressed', 'unprocessed'];

/** Each firing alert once, with the strongest state that one of its groups gives it. */
function publishAlerts(current: CurrentAlerts, working: WorkingSet, now: Instant): void {
  const counts = { unprocessed: 0, active: 0, suppressed: 0 };
  for (const known of working.alerts.values()) {
    if (known.groups.length === 0 || known.isResolved(now)) continue;
    let strongest: MemberState = 'unprocessed';
    for (const group of known.groups) {
      const state = group.members.get(known) ?? 'unprocessed';
      if (RANK[state] > RANK[strongest]) strongest = state;
    }
    counts[strongest]++;
  }
  for (const state of STATES) current.set({ state }, counts[state]);
}

function publishByGroup(current: CurrentAlerts, working: WorkingSet, now: Instant): void {
  for (const group of working.groups.values()) {
    const counts = { unprocessed: 0, active: 0, suppressed: 0 };
    for (const [known, state] of group.members.entries()) if (!known.isResolved(now)) counts[state]++;
    for (const state of STATES) current.set({ state, group_key: group.key }, counts[state]);
  }
}

function publishSilences(gauges: SilenceMetrics, silences: SilenceBook, now: Instant): void {
  const counts = silences.countByState(now);
  const total = counts.active + counts.pending + counts.expired;
  gauges.current.set({ state: 'active' }, counts.active);
  gauges.current.set({ state: 'pending' }, counts.pending);
  gauges.current.set({ state: 'expired' }, counts.expired);
  gauges.stateSize.set(total);
  gauges.matcherIndexSize.set(total);
  gauges.versionIndexSize.set(total);
}
