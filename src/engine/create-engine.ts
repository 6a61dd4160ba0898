import type { Ruleset } from '../domain/ruleset/index.js';
import { plus } from '../domain/time/index.js';
import type { Clock } from '../platform/clock.js';
import type { Ids } from '../platform/ids.js';
import type { Logger } from '../platform/log.js';
import type { Metrics } from '../platform/metrics.js';
import type { Storage } from '../storage/storage.js';
import { adopt } from './adopt.js';
import { StateRecords } from './state-records.js';
import type { EngineContext, EngineOptions } from './context.js';
import { Deliveries } from './deliveries.js';
import { DueQueue } from './due-queue.js';
import type { Deliver, Engine } from './engine.js';
import { Flusher } from './flush.js';
import { publishGauges } from './gauges.js';
import { Inbox } from './inbox.js';
import { Journal } from './journal.js';
import { startMaintenance } from './maintenance.js';
import { NotificationLog } from './notification-log.js';
import { restore } from './restore.js';
import { RouteLabels } from './route-labels.js';
import { Sender } from './sender.js';
import { SilenceBook } from './silences.js';
import { sayGoodbye } from './stop.js';
import { Views } from './views.js';
import { WorkingSet } from './working-set.js';

export interface EngineDeps {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Logger;
  readonly metrics: Metrics;
  /** Open before `start`, closed by its owner after `stop`. */
  readonly storage: Storage;
  readonly deliver: Deliver;
  /** The first configuration. */
  readonly ruleset: Ruleset;
  readonly options: EngineOptions;
}

/** Wires the machine. Nothing waits, nothing is read before `start`. */
export function createEngine(deps: EngineDeps): Engine {
  const { clock, ids, log, metrics, storage, options } = deps;
  const queue = new DueQueue(
    clock,
    (what, error) => log.error('Work failed unexpectedly', { what, err: error }),
    () => flusher.isSending,
  );
  const journal = new Journal({ storage, clock, log, metrics, queue });
  const context: EngineContext = { clock, ids, log, metrics, queue, journal, options };

  const silences = new SilenceBook(context, {
    onForgotten: (ids) => working.forgetSilences(ids),
    onChange: () => working.statusChanged(),
  });
  const working: WorkingSet = new WorkingSet(deps.ruleset, {
    queue,
    startAt: plus(options.startedAt, options.startDelay),
    onEnd: (known, now) => inbox.onEnd(known, now),
    onDue: (group, now) => flusher.tick(group, now),
  });
  const records = new StateRecords(options.alertDurability === 'disk');
  const inbox = new Inbox(context, working, records);
  const notificationLog = new NotificationLog(context);
  const deliveries = new Deliveries();
  const routeLabels = new RouteLabels(context, working);
  const sender = new Sender(context, { log: notificationLog, deliveries, routeLabels, deliver: deps.deliver });
  const flusher: Flusher = new Flusher(context, {
    working,
    silences,
    log: notificationLog,
    deliveries,
    sender,
    records,
  });
  const views = new Views(working, silences, routeLabels, options.strict);
  const parts = { storage, working, inbox, silences, log: notificationLog, deliveries, flusher, records, sender };
  publishGauges(context, working, silences);

  return {
    async start() {
      restore(context, parts, clock.now());
      startMaintenance(context, parts);
      queue.start();
    },
    stop: () => sayGoodbye(context, parts),
    adopt: (ruleset) => adopt(context, parts, ruleset, clock.now()),
    get ruleset() {
      return working.ruleset;
    },
    memory: () => ({
      silences: silences.list(),
      entries: [...notificationLog.values()],
      alerts: [...working.alerts.values()].map(({ alert }) => alert),
    }),
    post: (alerts, hints) => inbox.post(alerts, hints),
    reported: (mark) => working.alerts.marked(mark)?.alert,
    prepareFilter: (matchers) => working.byValue.prepare(matchers),
    alerts: (matchers = []) => views.alerts(matchers, clock.now()),
    sortAlerts: () => views.sortAlerts(),
    groups: (matchers = []) => views.groups(matchers, clock.now()),
    get alertsVersion() {
      queue.settle(clock.now());
      return working.alertsVersion;
    },
    get statusVersion() {
      queue.settle(clock.now());
      return working.statusVersion;
    },
    get silencesVersion() {
      queue.settle(clock.now());
      return silences.version;
    },
    silences: () => silences.list(),
    silence: (id) => silences.get(id),
    setSilence: (draft) => silences.set(draft),
    expireSilence: (id) => silences.expire(id),
  };
}
