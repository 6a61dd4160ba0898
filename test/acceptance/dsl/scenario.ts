/**
 * A scenario: what is posted when, and what must be received when. Plain data, so that three runners can play it: the
 * pure core on a virtual clock, the whole app over HTTP on a virtual clock, and any Alertmanager at a URL in real time.
 *
 * All times are seconds since the start of the scenario (what lies before it is negative). The configuration is the text
 * of an alertmanager.yml. A webhook's URL is written with `hook(receiver, index)`; runners put their own address in its
 * place, so `http://hook.invalid/team-x/0` must stand in the first webhook of the receiver `team-x`.
 */
export interface Scenario {
  readonly name: string;
  readonly config: string;
  readonly flags: Flags;
  readonly steps: readonly Step[];
  readonly wants: readonly Want[];
  /** When the scenario ends. What is received until then and not wanted is an error. */
  readonly until: number;
  /** Who can play it; everyone when it is empty. */
  readonly traits: readonly Trait[];
}

/**
 * `ours`      we differ from Alertmanager on purpose here (docs/compat.md)
 * `strict`    as Alertmanager does it, where we differ unless --compat=strict
 * `since-0.34` an older Alertmanager does it otherwise or not at all
 * `http`      needs real webhooks
 * `restart`   stops or kills the process on the way
 * `exact`     hangs on an instant that only a virtual clock hits
 */
export type Trait = 'ours' | 'strict' | 'since-0.34' | 'http' | 'restart' | 'exact';

/** Command line flags, without the dashes. */
export type Flags = Readonly<Record<string, string>>;

export interface Step {
  readonly at: number;
  readonly action: Action;
}

export type Action =
  | { readonly do: 'push'; readonly alerts: readonly PostedAlert[] }
  | { readonly do: 'silence'; readonly silence: PostedSilence }
  | { readonly do: 'expire'; readonly silence: string }
  /** Without a text the same configuration is loaded again. */
  | { readonly do: 'reload'; readonly config?: string }
  /** `crash` is SIGKILL: nothing is said goodbye to. */
  | { readonly do: 'restart'; readonly crash: boolean; readonly downFor: number }
  /** How a webhook answers from now on. */
  | { readonly do: 'answer'; readonly hook: string; readonly status: number; readonly after: number }
  | { readonly do: 'see'; readonly alerts: readonly SeenAlert[]; readonly query: Query }
  | { readonly do: 'see-groups'; readonly groups: readonly SeenGroup[] };

export interface PostedAlert {
  readonly labels: Labels;
  readonly annotations?: Labels;
  readonly startsAt?: number;
  readonly endsAt?: number;
  readonly generatorURL?: string;
}

export type Labels = Readonly<Record<string, string>>;

export interface PostedSilence {
  /** What the scenario calls it. Posting the same name again posts with the id that the first one was given. */
  readonly name: string;
  /** As in `{foo="bar", x=~"y|z"}`. */
  readonly matchers: readonly string[];
  readonly startsAt: number;
  readonly endsAt: number;
}

export interface Query {
  readonly filter?: readonly string[];
  readonly active?: boolean;
  readonly silenced?: boolean;
  readonly inhibited?: boolean;
}

export interface SeenAlert {
  readonly labels: Labels;
  readonly state?: 'active' | 'suppressed';
  /** The scenario's names of silences. */
  readonly silencedBy?: readonly string[];
  /** The labels of the alerts that inhibit it. */
  readonly inhibitedBy?: readonly Labels[];
  readonly receivers?: readonly string[];
}

export interface SeenGroup {
  readonly labels: Labels;
  readonly receiver: string;
  readonly routeLabels?: Labels;
  readonly mutedBy?: readonly string[];
  readonly alerts: readonly SeenAlert[];
}

export interface Window {
  readonly from: number;
  readonly to: number;
}

/** One notification that one webhook must receive, once. */
export interface Want {
  /** `receiver/index` */
  readonly hook: string;
  readonly window: Window;
  readonly batch: WantedBatch;
}

export interface WantedBatch {
  readonly alerts: readonly WantedAlert[];
  readonly reason?: string;
  readonly groupKey?: string;
  readonly groupLabels?: Labels;
  readonly routeLabels?: Labels;
}

/** What is not given is not compared. */
export interface WantedAlert {
  readonly status: 'firing' | 'resolved';
  readonly labels: Labels;
  readonly annotations?: Labels;
  readonly startsAt?: number;
  readonly endsAt?: number;
}

/** One notification as a webhook received it: the parts of payload version 4 that scenarios look at. */
export interface Received {
  readonly hook: string;
  readonly at: number;
  readonly status: 'firing' | 'resolved';
  readonly groupKey: string;
  readonly groupLabels: Labels;
  readonly routeLabels: Labels;
  readonly reason: string;
  readonly alerts: readonly ReceivedAlert[];
}

export interface ReceivedAlert {
  readonly status: 'firing' | 'resolved';
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly startsAt: number;
  /** Undefined for the zero time. */
  readonly endsAt: number | undefined;
}
