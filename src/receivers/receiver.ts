import type { ReceiverSchema } from '../config/receiver-schema.js';
import type { Notification, Outcome } from '../domain/notify/index.js';
import type { TemplateSet } from '../domain/template/index.js';
import type { CancelSignal } from '../platform/cancel-signal.js';
import type { Clock } from '../platform/clock.js';
import type { HttpClientFactory } from '../platform/http-client/index.js';
import type { Logger } from '../platform/log.js';

/** What every integration is handed when it is built. */
export interface BuildContext {
  readonly templates: TemplateSet;
  readonly http: HttpClientFactory;
  readonly clock: Clock;
  readonly log: Logger;
  /** Only while a receiver is tried. */
  readonly witness?: Witness;
}

/** Watches one try of an integration, beside its HTTP client, which is watched as well. */
export interface Witness {
  /** A text that nobody may see: it came from a file or from a server. */
  conceal(text: string): void;
  /** A mail that is ready. False: it is not to be sent. */
  mail(envelope: { readonly from: string; readonly to: readonly string[] }, message: string): boolean;
}

/** One integration of one receiver, ready to send. Built once for each configuration, closed when that goes. */
export interface Channel {
  /** One attempt. Never throws for what the other side does: how it ended is the outcome. */
  send(notification: Notification, signal: CancelSignal): Promise<Outcome>;
  close?(): Promise<void>;
}

/** One kind of integration as the configuration knows it. */
export interface ReceiverKind<Settings = unknown> {
  /** The name in logs, metrics and the notification log: `webhook`. */
  readonly type: string;
  readonly yamlKey: string;
  readonly config: ReceiverSchema<Settings>;
}

/**
 * One kind of integration, whole: its YAML, its secrets, how it sends. One folder each, one line in registry.ts.
 * `Settings` is what its schema makes of the YAML once global values are filled in.
 */
export interface ReceiverManifest<Settings = unknown> extends ReceiverKind<Settings> {
  /** What cannot be built (an unreadable TLS file) throws; the message says which file. */
  build(settings: Settings, context: BuildContext): Channel;
  /** Statuses after which another attempt is made, besides 5xx. For the docs; the contract test holds it to them. */
  readonly retries?: readonly number[] | 'all';
  /** A complete valid entry, as YAML: for the contract test and the docs. */
  readonly example: string;
}

export const defineReceiver = <Settings>(manifest: ReceiverManifest<Settings>): ReceiverManifest<Settings> => manifest;

/** Whether it can send; a kind that cannot is read and checked all the same. */
export const isManifest = (kind: ReceiverKind): kind is ReceiverManifest => 'build' in kind;
