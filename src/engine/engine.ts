import type { Alert } from '../domain/alert/index.js';
import type { Result } from '../domain/issue/index.js';
import type { LabelSet } from '../domain/labels/index.js';
import type { LogEntry, Send, SendResult } from '../domain/notify/index.js';
import type { Matcher } from '../domain/matcher/index.js';
import type { Ruleset } from '../domain/ruleset/index.js';
import type { Silence, SilenceDraft } from '../domain/silence/index.js';
import type { CancelSignal } from '../platform/cancel-signal.js';

/** What the surfaces (API, UI, tools) may ask of the running machine and tell it. */
export interface Engine {
  /** Loads the records and arms the timers. Nothing is flushed before. */
  start(): Promise<void>;
  /** Lets running sends end as Alertmanager does (they are cancelled), keeps all state. */
  stop(): Promise<void>;
  /** Swaps the configuration. Groups and timers go on; nothing is sent because of it. */
  adopt(ruleset: Ruleset): void;
  readonly ruleset: Ruleset;

  /** All that it remembers, for those who write it in another form. */
  memory(): EngineMemory;

  /** Merges, routes and groups. Visible at once; resolves when it is written. */
  post(alerts: readonly Alert[], hints?: ReportHints): Promise<void>;
  /** The alert whose latest report had this mark: one with the same mark says the same again, but for its times. */
  reported(mark: number): Alert | undefined;
  /**
   * All alerts that are not resolved, by fingerprint, with their status now. With matchers some may be left out that do not
   * fulfil them, and groups without one that does.
   */
  alerts(matchers?: readonly Matcher[]): readonly AlertView[];
  /** Does beforehand, bit by bit, what takes long when these matchers are asked for the first time. */
  prepareFilter(matchers: readonly Matcher[]): Iterator<void>;
  /** Puts them in order, which `alerts` does otherwise: half of what a list of all takes before it can be read. */
  sortAlerts(): void;
  groups(matchers?: readonly Matcher[]): readonly GroupView[];
  /** Grows whenever an alert comes, goes or changes, or moves between groups. */
  readonly alertsVersion: number;
  /** Grows whenever the status of an alert may have changed, be it by time alone. Answers hold while both stand still. */
  readonly statusVersion: number;

  /** Grows whenever a silence comes, goes or changes, or starts or ends by time alone. */
  readonly silencesVersion: number;
  silences(): readonly Silence[];
  silence(id: string): Silence | undefined;
  /** Creates, updates or replaces; the id of the silence now in force. */
  setSilence(draft: SilenceDraft): Promise<Result<string>>;
  expireSilence(id: string): Promise<Result<void>>;
}

/** From the first byte to behind the last. */
export interface ByteSpan {
  readonly start: number;
  readonly end: number;
}

/** What the reader of reports has at hand and the engine would have to work out, in the order of the alerts. */
export interface ReportHints {
  /** A number that stands for all that a report says but its times; nought: none. */
  readonly marks: readonly number[];
  /** The request, to which nobody writes any more. */
  readonly bytes: Buffer;
  /** Where in it a report stands as its sender wrote it: a JSON object with `labels`, `annotations` and `generatorURL`. */
  readonly placeOf: (index: number) => ByteSpan;
}

export interface EngineMemory {
  readonly silences: readonly Silence[];
  readonly entries: readonly LogEntry[];
  /** Those that are resolved included, as long as they are kept. */
  readonly alerts: Iterable<Alert>;
}

export interface AlertStatus {
  readonly silencedBy: readonly string[];
  readonly inhibitedBy: readonly string[];
}

export interface AlertView {
  readonly alert: Alert;
  readonly status: AlertStatus;
  /** Receivers of the matching routes in tree order; duplicates possible. */
  readonly receivers: readonly string[];
}

export interface GroupView {
  readonly routeId: string;
  readonly groupKey: string;
  readonly receiver: string;
  readonly labels: LabelSet;
  readonly routeLabels: LabelSet;
  /** In notification order; expired ones are left out. */
  readonly alerts: readonly AlertView[];
  /** Names of the time intervals that muted the group at its last flush. */
  readonly mutedBy: readonly string[];
}

/** How the engine hands over: retries and their limits are the other side's business. */
export type Deliver = (send: Send, signal: CancelSignal) => Promise<SendResult>;
