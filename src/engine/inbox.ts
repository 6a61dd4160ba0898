import { type Alert, AlertLimiter, mergeAlerts } from '../domain/alert/index.js';
import { LabelPool } from '../domain/labels/index.js';
import { type Instant, Moment, plus } from '../domain/time/index.js';
import type { StateRecord } from '../storage/storage.js';
import type { StateRecords } from './state-records.js';
import type { EngineContext } from './context.js';
import type { KnownAlert } from './group.js';
import type { ReportHints } from './engine.js';
import { type WorkingSet, endDueAt } from './working-set.js';

/**
 * Where alerts come in: merge with what is known, route, group, keep.
 *
 * Keeps: what is posted is visible when `post` returns and on disk when its promise resolves; updates of one alert are
 * applied in the order in which they were posted.
 * Bound: --alerts.per-alertname-limit, if it is set.
 */
export class Inbox {
  readonly #limiter: AlertLimiter;
  readonly #pool = new LabelPool();

  constructor(
    private readonly context: EngineContext,
    private readonly working: WorkingSet,
    private readonly records: StateRecords,
  ) {
    this.#limiter = new AlertLimiter(context.options.perAlertnameLimit);
    context.metrics.alerts.perAlertnameLimit.set(Math.max(context.options.perAlertnameLimit, 0));
  }

  post(alerts: readonly Alert[], hints?: ReportHints): Promise<void> {
    const { clock, journal } = this.context;
    const now = clock.now();
    const began = clock.elapsed();
    const changes: StateRecord[] = [];
    let accepted = 0;
    for (let i = 0; i < alerts.length; i++) {
      const alert = alerts[i] as Alert;
      if (!this.#admit(alert, now)) continue;
      accepted++;
      this.#take(alert, hints, i, changes, now);
    }
    this.#count(accepted, (clock.elapsed() - began) / 1_000);
    return journal.write(changes);
  }

  /** Brings back what was kept, before anything is posted. */
  restore(alert: Alert, now: Instant): KnownAlert {
    this.#limiter.admit(alert, now);
    return this.working.put(alert, now, this.working.find(alert.labels));
  }

  /** The queue says that an alert's end may have come. */
  onEnd(known: KnownAlert, now: Instant): void {
    const { alert, lag } = known;
    if (lag > 0) {
      // Not a sender's word: the next report overrules it.
      this.working.put({ ...alert, endsAt: Moment.of(plus(alert.endsAt.at, lag)), timeout: true }, now, known);
      return;
    }
    const dueAt = endDueAt(known.alert);
    if (dueAt > now) {
      this.context.queue.set(known, dueAt);
      return;
    }
    if (known.hasEnded) return;
    known.hasEnded = true;
    this.working.alertsVersion++;
    this.working.statusChanged();
    // That it was seen to end tells it, after a restart, from one whose sender could not reach us.
    if (!known.saved || known.alert.endsAt.at <= known.alert.updatedAt) return;
    const changes: StateRecord[] = [];
    this.records.addAlert(changes, known, now);
    this.context.journal.note(changes);
  }

  /** Forgets alerts that are over and of which no group has anything left to tell. */
  collect(now: Instant): void {
    this.#limiter.collect(now);
    const removed: StateRecord[] = [];
    for (const known of this.working.alerts.values()) {
      if (!known.isResolved(now) || known.groups.length > 0) continue;
      this.working.forget(known);
      if (known.saved) this.records.addRemoval(removed, known, now);
    }
    this.context.journal.note(removed);
  }

  #admit(alert: Alert, now: Instant): boolean {
    if (this.#limiter.admit(alert, now)) return true;
    const { log, metrics } = this.context;
    const alertname = alert.labels.get('alertname');
    log.warn('Alert limit reached, alert dropped', { alertname, fingerprint: alert.labels.fingerprint });
    metrics.alerts.limited.inc(this.context.options.countAlertNames ? { alertname } : {});
    return false;
  }

  #take(alert: Alert, hints: ReportHints | undefined, index: number, changes: StateRecord[], now: Instant): void {
    const { working, records } = this;
    const mark = hints?.marks[index] ?? 0;
    // What has the same mark has the same labels; all others are found by their fingerprint.
    const before = (mark === 0 ? undefined : working.alerts.marked(mark)) ?? working.find(alert.labels);
    const report = before ? likeBefore(alert, before.alert) : this.#shared(alert, mark);
    const known = working.put(mergeAlerts(before?.alert, report, now).alert, now, before);
    // A report from before the last one is not what stands.
    const isWhatStands = known.alert.annotations === report.annotations && known.alert.updatedAt === report.updatedAt;
    working.alerts.mark(known, isWhatStands ? mark : 0);
    for (const group of working.group(known, now)) records.addOpened(changes, group, known, now);
    records.addReport(changes, known, now, isWhatStands ? hints : undefined, index);
  }

  /** One with a mark was read by who shares already. */
  #shared(alert: Alert, mark: number): Alert {
    if (mark !== 0) return alert;
    const labels = this.#pool.share(alert.labels);
    const annotations = this.#pool.share(alert.annotations);
    return { ...alert, labels, annotations, generatorURL: this.#pool.shareText(alert.generatorURL) };
  }

  #count(accepted: number, seconds: number): void {
    const { metrics } = this.context;
    metrics.alerts.subscriberWrites.inc({ subscriber: 'dispatcher' }, accepted);
    metrics.alerts.subscriberWrites.inc({ subscriber: 'inhibitor' }, accepted);
    for (let i = 0; i < accepted; i++) metrics.dispatcher.processingDuration.observe(seconds / accepted);
  }
}

/** What the report says again is kept as it is, so that of the words that came in nothing outlives the request. */
function likeBefore(alert: Alert, before: Alert): Alert {
  if (alert.labels === before.labels && alert.annotations === before.annotations) return alert;
  const { startsAt, endsAt, updatedAt, timeout } = alert;
  const annotations = alert.annotations.equals(before.annotations) ? before.annotations : alert.annotations;
  const generatorURL = alert.generatorURL === before.generatorURL ? before.generatorURL : alert.generatorURL;
  return { labels: before.labels, annotations, startsAt, endsAt, updatedAt, generatorURL, timeout };
}
