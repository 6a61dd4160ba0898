/**
 * The channels of one configuration: all that its routes can send through.
 *
 * They are built as a whole before any is used, and closed as a whole when the last send that runs through them has
 * ended: a reload neither breaks a send off nor waits for it.
 */
import type { IntegrationRef } from '../domain/notify/index.js';
import type { RouteTree } from '../domain/route/index.js';
import type { IntegrationConfig, ReceiverConfig } from '../domain/ruleset/index.js';
import { type Issue, type Result, failed, ok } from '../domain/issue/index.js';
import { errorText } from '../platform/log.js';
import type { Metrics } from '../platform/metrics.js';
import { type BuildContext, type Channel, type ReceiverKind, isManifest } from '../receivers/receiver.js';
import { AttemptMetrics } from './attempt-metrics.js';
import { type Redact, compileRedact } from './redact.js';

/** One integration, with what each of its sends needs and none changes. */
export interface OpenChannel {
  /** `team-x/webhook[0]` */
  readonly name: string;
  readonly channel: Channel;
  readonly counts: AttemptMetrics;
  readonly redact: Redact;
}

/** Only receivers that a route names send anything; the others are not built. */
export function receiversInUse(
  receivers: ReadonlyMap<string, ReceiverConfig>,
  { routes }: RouteTree,
): readonly ReceiverConfig[] {
  const names = new Set(routes.map(({ receiver }) => receiver));
  return [...receivers.values()].filter(({ name }) => names.has(name));
}

export class ChannelSet {
  /** Resolves when all of it is closed, which is after the last send. */
  readonly closed: Promise<void>;
  readonly #channels: ReadonlyMap<string, OpenChannel>;
  /** The same by what flushes name them with, which stays one object under one configuration. */
  readonly #byRef = new WeakMap<IntegrationRef, OpenChannel>();
  #users = 0;
  #isRetired = false;
  #markClosed!: (closed: Promise<void>) => void;

  private constructor(
    readonly integrations: readonly IntegrationRef[],
    channels: ReadonlyMap<string, OpenChannel>,
  ) {
    this.#channels = channels;
    this.closed = new Promise((resolve) => (this.#markClosed = resolve));
  }

  static empty(): ChannelSet {
    return new ChannelSet([], new Map());
  }

  /** All or nothing: what cannot be built is reported for each integration, and what was built is closed again. */
  static build(
    receivers: readonly ReceiverConfig[],
    kinds: readonly ReceiverKind[],
    context: BuildContext,
    metrics: Metrics['notifications'],
  ): Result<ChannelSet> {
    const kindOf = new Map(kinds.map((kind) => [kind.type, kind]));
    const refs: IntegrationRef[] = [];
    const channels = new Map<string, OpenChannel>();
    const issues: Issue[] = [];
    for (const receiver of receivers)
      for (const integration of receiver.integrations) {
        const ref = { receiver: receiver.name, type: integration.type, index: integration.index };
        const redact = compileRedact(integration.settings);
        refs.push(ref);
        try {
          const channel = buildChannel(integration, kindOf.get(integration.type), context);
          const name = nameOf(ref);
          channels.set(name, { name, channel, redact, counts: new AttemptMetrics(metrics, ref) });
        } catch (error) {
          issues.push(issueOf(ref, redact(errorText(error))));
        }
      }
    const set = new ChannelSet(refs, channels);
    if (issues.length === 0) return ok(set);
    set.retire();
    return failed(...issues);
  }

  /** To be answered by `leave`. */
  use(ref: IntegrationRef): OpenChannel | undefined {
    const found = this.#byRef.get(ref) ?? this.#find(ref);
    if (found) this.#users++;
    return found;
  }

  #find(ref: IntegrationRef): OpenChannel | undefined {
    const found = this.#channels.get(nameOf(ref));
    if (found) this.#byRef.set(ref, found);
    return found;
  }

  leave(): void {
    this.#users--;
    this.#closeIfDone();
  }

  /** Nothing new will be sent through it. */
  retire(): void {
    this.#isRetired = true;
    this.#closeIfDone();
  }

  #closeIfDone(): void {
    if (!this.#isRetired || this.#users > 0) return;
    const closing = [...this.#channels.values()].map(({ channel }) => channel.close?.());
    this.#markClosed(Promise.allSettled(closing).then(() => {}));
  }
}

function buildChannel(integration: IntegrationConfig, kind: ReceiverKind | undefined, context: BuildContext): Channel {
  if (kind && isManifest(kind)) return kind.build(integration.settings, context);
  return unableChannel(integration.type);
}

/** A configuration that works with Alertmanager stays loadable; that it will not page this way is said at every turn. */
const unableChannel = (type: string): Channel => ({
  send: () =>
    Promise.resolve({ kind: 'rejected', reason: 'other', message: `this version cannot send by ${type} yet` }),
});

/** Two have never the same: types are words, so that the last slash is the one behind the receiver. */
export const nameOf = ({ receiver, type, index }: IntegrationRef): string => `${receiver}/${type}[${index}]`;

const issueOf = ({ receiver, type, index }: IntegrationRef, message: string): Issue => ({
  code: 'invalid-value',
  path: `receivers[${receiver}].${type}[${index}]`,
  message,
});
