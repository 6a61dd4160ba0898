import type { Alert } from '../domain/alert/index.js';
import type { Inhibition } from '../domain/inhibit/index.js';
import type { LabelSet } from '../domain/labels/index.js';
import type { FlushIntegration, FlushWorld, IntegrationRef, LogEntry } from '../domain/notify/index.js';
import type { ReceiverConfig } from '../domain/ruleset/index.js';
import type { Instant } from '../domain/time/index.js';
import { activeIntervals } from '../domain/timeinterval/index.js';
import type { Deliveries } from './deliveries.js';
import { type Group, NOTHING } from './group.js';
import type { NotificationLog } from './notification-log.js';
import type { SilenceBook } from './silences.js';
import type { WorkingSet } from './working-set.js';

export interface WorldParts {
  readonly working: WorkingSet;
  readonly silences: SilenceBook;
  readonly log: NotificationLog;
  readonly deliveries: Deliveries;
}

/** All that one flush of one group asks: the world as it is at its instant. */
export class GroupWorld implements FlushWorld {
  readonly integrations: readonly FlushIntegration[];

  constructor(
    private readonly parts: WorldParts,
    private readonly group: Group,
    private readonly alerts: readonly Alert[],
    readonly strict: boolean,
    private readonly now: Instant,
  ) {
    this.integrations = integrationsOf(parts.working.ruleset.receivers.get(group.route.receiver));
  }

  logEntry(ref: IntegrationRef): LogEntry | undefined {
    const { log, deliveries } = this.parts;
    const { key } = this.group;
    return deliveries.believed(key, ref, log.get(key, ref), this.alerts);
  }

  inhibitors(labels: LabelSet): readonly Inhibition[] {
    return this.parts.working.inhibitor.inhibitors(labels, this.now);
  }

  silencedBy(labels: LabelSet): readonly string[] {
    const { silences, working } = this.parts;
    if (silences.isEmpty) return NOTHING;
    const known = working.alerts.get(labels.fingerprint);
    return known ? silences.activeFor(known, this.now) : NOTHING;
  }

  intervalsInForce(names: readonly string[]): readonly string[] {
    return activeIntervals(names, this.parts.working.ruleset.timeIntervals, this.now);
  }
}

/** The same for all flushes under one configuration. */
const integrations = new WeakMap<ReceiverConfig, readonly FlushIntegration[]>();

/** Those of a receiver, in build order; none when it is gone. */
export function integrationsOf(receiver: ReceiverConfig | undefined): readonly FlushIntegration[] {
  if (!receiver) return NOTHING;
  const known = integrations.get(receiver);
  if (known) return known;
  const { name } = receiver;
  // Not by `map`: what that makes is of another kind before and after it is compiled, and each flush walks through it.
  const made = Array.from(receiver.integrations, ({ type, index, sendResolved }) => ({
    ref: { receiver: name, type, index },
    sendResolved,
  }));
  integrations.set(receiver, made);
  return made;
}
