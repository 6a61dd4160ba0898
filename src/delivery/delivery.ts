/**
 * Takes what a flush hands over and sends it by its integration.
 *
 * Keeps: `deliver` never throws and never outlasts the deadline by more than an attempt needs to notice it. A swap of
 * channels concerns what is handed over afterwards; sends under way end by the channels they began with.
 */
import type { Result } from '../domain/issue/index.js';
import { ok } from '../domain/issue/index.js';
import type { IntegrationRef, Send, SendResult } from '../domain/notify/index.js';
import type { ReceiverConfig, Ruleset } from '../domain/ruleset/index.js';
import type { TemplateSet } from '../domain/template/index.js';
import type { CancelSignal } from '../platform/cancel-signal.js';
import type { Clock } from '../platform/clock.js';
import type { HttpClientFactory } from '../platform/http-client/index.js';
import type { Ids } from '../platform/ids.js';
import type { Logger } from '../platform/log.js';
import type { Metrics } from '../platform/metrics.js';
import type { ReceiverKind } from '../receivers/receiver.js';
import { AttemptGate, type GateLimits } from './attempt-gate.js';
import { AttemptMetrics } from './attempt-metrics.js';
import { CallLimits } from './call-limit.js';
import { ChannelSet, nameOf, receiversInUse } from './channels.js';
import { Sending, type SendingParts } from './sending.js';

export interface DeliveryParts {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly http: HttpClientFactory;
  /** The registry. */
  readonly kinds: readonly ReceiverKind[];
  readonly limits?: GateLimits;
}

export interface Delivery {
  /** Builds all channels that the routes use. Everything that can fail in them fails here. */
  prepare(ruleset: Pick<Ruleset, 'receivers' | 'routes' | 'templates'>): Result<ChannelSet>;
  /** Sends through these from now on; the old ones are closed when their sends have ended. */
  adopt(channels: ChannelSet): void;
  /** Both in one, for receivers that are all in use. When it fails the old ones stay. */
  adoptChannels(receivers: readonly ReceiverConfig[], templates: TemplateSet): Result<void>;
  deliver(send: Send, signal: CancelSignal): Promise<SendResult>;
  /** After the last `deliver`: resolves when the channels in use are closed. */
  close(): Promise<void>;
}

export function createDelivery(parts: DeliveryParts): Delivery {
  const { clock, ids, metrics, http, kinds } = parts;
  const log = parts.log.with({ component: 'dispatcher' });
  const gate = new AttemptGate(parts.limits);
  const sendingParts: SendingParts = { clock, ids, log, gate, limits: new CallLimits(clock) };
  let channels = ChannelSet.empty();
  metrics.onRead(() => {
    metrics.tocsin.deliveriesInFlight.set(gate.running);
    metrics.tocsin.deliveriesQueued.set(gate.waiting);
  });

  const build = (receivers: readonly ReceiverConfig[], templates: TemplateSet): Result<ChannelSet> =>
    ChannelSet.build(receivers, kinds, { templates, http, clock, log }, metrics.notifications);

  function adopt(next: ChannelSet): void {
    const previous = channels;
    channels = next;
    metrics.notifications.prepare(next.integrations);
    previous.retire();
  }

  function deliver(send: Send, signal: CancelSignal): Promise<SendResult> {
    const set = channels;
    const open = set.use(send.integration);
    if (!open) return Promise.resolve(lost(send.integration, metrics));
    return new Sending(sendingParts, send, open, () => set.leave()).run(signal);
  }

  return {
    prepare: ({ receivers, routes, templates }) => build(receiversInUse(receivers, routes), templates),
    adopt,
    adoptChannels(receivers, templates) {
      const built = build(receivers, templates);
      if (!built.ok) return built;
      adopt(built.value);
      return ok(undefined);
    },
    deliver,
    close() {
      const last = channels;
      channels = ChannelSet.empty();
      last.retire();
      return last.closed;
    },
  };
}

/** A receiver that went with a reload between the flush and the sending. */
function lost(integration: IntegrationRef, metrics: Metrics): SendResult {
  const message = `${nameOf(integration)}: no such integration is configured`;
  const failure = { kind: 'rejected', reason: 'other', message } as const;
  const counts = new AttemptMetrics(metrics.notifications, integration);
  counts.begun();
  counts.failed(failure);
  return { ...failure, attempts: 0 };
}
