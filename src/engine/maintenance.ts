import { type Duration, plus } from '../domain/time/index.js';
import type { EngineContext } from './context.js';
import type { Deliveries } from './deliveries.js';
import type { Inbox } from './inbox.js';
import type { NotificationLog } from './notification-log.js';
import type { SilenceBook } from './silences.js';
import type { WorkingSet } from './working-set.js';

/** The clean-ups, each with its own interval; they wait in the due-queue like everything else. */
export interface MaintenanceParts {
  readonly working: WorkingSet;
  readonly inbox: Inbox;
  readonly silences: SilenceBook;
  readonly log: NotificationLog;
  readonly deliveries: Deliveries;
}

export function startMaintenance(context: EngineContext, parts: MaintenanceParts): void {
  const { alertGcInterval, maintenanceInterval } = context.options;
  every(context, 'alert clean-up', alertGcInterval, (now) => parts.inbox.collect(now));
  every(context, 'silence clean-up', maintenanceInterval, (now) => parts.silences.collect(now));
  every(context, 'notification log clean-up', maintenanceInterval, (now) => {
    const alive = new Set([...parts.working.groups.values()].map(({ key }) => key));
    parts.log.collect((groupKey) => !context.options.strict && alive.has(groupKey), now);
    context.journal.note(parts.deliveries.collect(context.options.retention, now));
  });
}

function every(
  { clock, queue }: EngineContext,
  what: string,
  interval: Duration,
  run: Parameters<EngineContext['queue']['entry']>[2],
): void {
  const due = queue.entry('work', what, (now) => {
    queue.set(due, plus(now, interval));
    run(now);
  });
  queue.set(due, plus(clock.now(), interval));
}
