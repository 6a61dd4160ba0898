import { type Result, ok } from '../../domain/issue/index.js';
import type { MatcherMode } from '../../domain/labels/index.js';
import type { AnchoredRegex, Matcher, MatcherWarning } from '../../domain/matcher/index.js';
import type { ReceiverConfig } from '../../domain/ruleset/index.js';
import type { Instant } from '../../domain/time/index.js';
import type { AlertStatus, AlertView } from '../../engine/engine.js';
import { inParameter, matchesFilter, parseFilter, parseReceiver } from './filters.js';
import type { QueryValues } from './query-values.js';

/** What GET of alerts and of groups have in common: which alerts, and which receivers. */
export class AlertQuery {
  readonly matchers: readonly Matcher[];
  readonly #receiver: AnchoredRegex | undefined;
  readonly #receiverMatchers: readonly Matcher[];
  readonly #active: boolean;
  readonly #silenced: boolean;
  readonly #inhibited: boolean;
  /** Verdicts by receiver name: there are few names and many alerts. */
  readonly #byName = new Map<string, boolean>();
  readonly #byLabels = new Map<string, boolean>();

  private constructor(
    filters: {
      matchers: readonly Matcher[];
      receiver: AnchoredRegex | undefined;
      receiverMatchers: readonly Matcher[];
    },
    query: QueryValues,
  ) {
    this.matchers = filters.matchers;
    this.#receiver = filters.receiver;
    this.#receiverMatchers = filters.receiverMatchers;
    this.#active = query.boolean('active', true);
    this.#silenced = query.boolean('silenced', true);
    this.#inhibited = query.boolean('inhibited', true);
  }

  static parse(query: QueryValues, mode: MatcherMode, warn: (warning: MatcherWarning) => void): Result<AlertQuery> {
    const matchers = parseFilter(query.all('filter'), mode, warn);
    if (!matchers.ok) return matchers;
    const receiver = inParameter('receiver', parseReceiver(query.last('receiver')));
    if (!receiver.ok) return receiver;
    const receiverMatchers = inParameter('receiver_matchers', parseFilter(query.all('receiver_matchers'), mode, warn));
    if (!receiverMatchers.ok) return receiverMatchers;
    const filters = { matchers: matchers.value, receiver: receiver.value, receiverMatchers: receiverMatchers.value };
    return ok(new AlertQuery(filters, query));
  }

  /** Whether no alert is left out. */
  get isEverything(): boolean {
    const isFiltered = this.matchers.length > 0 || this.#receiver !== undefined || this.#receiverMatchers.length > 0;
    return !isFiltered && this.#wantsAnyStatus();
  }

  /** Whether labels, end and status are what was asked for. The status is looked at last: it is not there for nothing. */
  wants(view: AlertView, now: Instant): boolean {
    const { alert } = view;
    if (!alert.endsAt.isZero && alert.endsAt.at < now) return false;
    if (this.matchers.length > 0 && !matchesFilter(this.matchers, alert.labels)) return false;
    return this.#wantsAnyStatus() || this.#wantsStatus(view.status);
  }

  #wantsAnyStatus(): boolean {
    return this.#active && this.#silenced && this.#inhibited;
  }

  #wantsStatus({ silencedBy, inhibitedBy }: AlertStatus): boolean {
    if (!this.#silenced && silencedBy.length > 0) return false;
    if (!this.#inhibited && inhibitedBy.length > 0) return false;
    return this.#active || silencedBy.length > 0 || inhibitedBy.length > 0;
  }

  /** Both conditions may be met by different receivers of one alert. */
  wantsAnyOf(names: readonly string[], receivers: ReadonlyMap<string, ReceiverConfig>): boolean {
    if (this.#receiver && !names.some((name) => this.#hasName(name))) return false;
    return this.#receiverMatchers.length === 0 || names.some((name) => this.#hasLabels(name, receivers));
  }

  #hasName(name: string): boolean {
    return remembered(this.#byName, name, () => this.#receiver?.matches(name) ?? true);
  }

  #hasLabels(name: string, receivers: ReadonlyMap<string, ReceiverConfig>): boolean {
    return remembered(this.#byLabels, name, () => {
      const labels = receivers.get(name)?.labels;
      return labels !== undefined && matchesFilter(this.#receiverMatchers, labels);
    });
  }
}

function remembered(verdicts: Map<string, boolean>, name: string, judge: () => boolean): boolean {
  let verdict = verdicts.get(name);
  if (verdict === undefined) verdicts.set(name, (verdict = judge()));
  return verdict;
}
