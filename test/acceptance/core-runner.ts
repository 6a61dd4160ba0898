/** Plays a scenario on the engine alone: virtual clock, storage in memory, receivers that only write down. */
import {
  type PostedAlert as DomainAlert,
  completeAlert,
  isResolved,
  validateAlert,
} from '../../src/domain/alert/index.js';
import { LabelSet } from '../../src/domain/labels/index.js';
import { parseMatcher } from '../../src/domain/matcher/index.js';
import type { Ruleset } from '../../src/domain/ruleset/index.js';
import { validateSilence } from '../../src/domain/silence/index.js';
import { type Instant, Moment, duration } from '../../src/domain/time/index.js';
import type { EngineOptions } from '../../src/engine/context.js';
import type { AlertView, GroupView } from '../../src/engine/engine.js';
import { secondsAfter } from '../support/builders.js';
import type { Delivery } from '../support/collectors.js';
import { type Bench, type BenchWords, startBench } from '../support/engine-bench.js';
import { EPOCH, settle } from '../support/virtual-clock.js';
import { EXACT, compare } from './dsl/compare.js';
import type { Action, Flags, PostedAlert, PostedSilence, Query, Received, Scenario } from './dsl/scenario.js';
import { type Names, type ShownAlert, type ShownGroup, compareAlerts, compareGroups } from './dsl/see.js';

/** What is wrong; empty when the scenario went as it should. */
export async function playOnCore(scenario: Scenario, loadRuleset: (config: string) => Ruleset): Promise<string[]> {
  const player = new CorePlayer(scenario, loadRuleset, await startBench(benchOf(scenario, loadRuleset)));
  return player.play();
}

const benchOf = (scenario: Scenario, loadRuleset: (config: string) => Ruleset): BenchWords => ({
  ruleset: loadRuleset(scenario.config),
  options: optionsOf(scenario.flags),
});

function optionsOf(flags: Flags): Partial<EngineOptions> {
  const options: { -readonly [Key in keyof EngineOptions]?: EngineOptions[Key] } = {};
  for (const [name, value] of Object.entries(flags)) {
    if (name === 'dispatch.start-delay') options.startDelay = duration(Number.parseFloat(value) * 1_000);
    else if (name === 'alerts.per-alertname-limit') options.perAlertnameLimit = Number(value);
    else if (name === 'alerts.gc-interval') options.alertGcInterval = duration(Number.parseFloat(value) * 1_000);
    else if (name === 'compat') options.strict = value === 'strict';
    else if (name === 'storage.alerts') options.alertDurability = value === 'memory' ? 'memory' : 'disk';
    else throw new Error(`the core has no flag ${name}`);
  }
  return options;
}

class CorePlayer {
  readonly #problems: string[] = [];
  readonly #silences = new Map<string, string>();
  #config: string;

  constructor(
    private readonly scenario: Scenario,
    private readonly loadRuleset: (config: string) => Ruleset,
    private bench: Bench,
  ) {
    this.#config = scenario.config;
  }

  async play(): Promise<string[]> {
    const steps = [...this.scenario.steps].sort((a, b) => a.at - b.at);
    for (const { at, action } of steps) {
      await this.bench.clock.advanceTo(instantOf(at));
      await this.#do(action, at);
    }
    await this.bench.clock.advanceTo(instantOf(this.scenario.until));
    this.bench.kill();
    const received = this.bench.collector.received.map(asReceived);
    return [...this.#problems, ...compare(this.scenario, received, EXACT)];
  }

  async #do(action: Action, at: number): Promise<void> {
    const { engine, collector } = this.bench;
    switch (action.do) {
      case 'push':
        await engine.post(action.alerts.map((alert) => this.#alert(alert)));
        return settle();
      case 'silence':
        return this.#setSilence(action.silence);
      case 'expire':
        await engine.expireSilence(this.#silences.get(action.silence) ?? '');
        return;
      case 'reload':
        this.#config = action.config ?? this.#config;
        engine.adopt(this.loadRuleset(this.#config));
        return settle();
      case 'restart':
        return this.#restart(action.crash, action.downFor);
      case 'answer':
        collector.answer(action.hook, { status: action.status, afterMs: action.after * 1_000 });
        return;
      case 'see':
        this.#problems.push(...compareAlerts(`at ${at}`, action.alerts, this.#shown(action.query), this.#names()));
        return;
      case 'see-groups':
        this.#problems.push(
          ...compareGroups(`at ${at}`, action.groups, engine.groups().map(asShownGroup), this.#names()),
        );
    }
  }

  #alert(posted: PostedAlert) {
    const now = this.bench.clock.now();
    const alert = completeAlert(asDomainAlert(posted), this.bench.engine.ruleset.config.resolveTimeout, now);
    const valid = validateAlert(alert, 'utf8');
    if (!valid.ok) throw new Error(valid.issues.map(({ message }) => message).join());
    return alert;
  }

  async #setSilence({ name, matchers, startsAt, endsAt }: PostedSilence): Promise<void> {
    const now = this.bench.clock.now();
    const input = {
      id: this.#silences.get(name) ?? '',
      matcherSets: [matchers.map(matcherOf)],
      startsAt: instantOf(startsAt),
      endsAt: instantOf(endsAt),
      createdBy: 'scenario',
      comment: name,
      annotations: {},
    };
    const draft = validateSilence(input, 'utf8', now);
    const set = draft.ok ? await this.bench.engine.setSilence(draft.value) : draft;
    if (set.ok) this.#silences.set(name, set.value);
    else this.#problems.push(`silence ${name}: ${set.issues.map(({ message }) => message).join()}`);
  }

  async #restart(isCrash: boolean, downFor: number): Promise<void> {
    const { clock, storage, collector } = this.bench;
    if (isCrash) this.bench.kill();
    else await this.bench.stop();
    await clock.advance(duration(downFor * 1_000));
    const words = benchOf({ ...this.scenario, config: this.#config }, this.loadRuleset);
    this.bench = await startBench({ ...words, clock, storage, collector });
    await settle();
  }

  #shown({ filter = [], active = true, silenced = true, inhibited = true }: Query): readonly ShownAlert[] {
    const matchers = filter.map(matcherOf);
    const views = this.bench.engine.alerts().filter(({ alert, status }) => {
      const { silencedBy, inhibitedBy } = status;
      if (!active && silencedBy.length + inhibitedBy.length === 0) return false;
      if ((!silenced && silencedBy.length > 0) || (!inhibited && inhibitedBy.length > 0)) return false;
      return matchers.every((matcher) => matcher.matches(alert.labels.get(matcher.name)));
    });
    return views.map((view) => asShown(view));
  }

  #names(): Names {
    return {
      silenceId: (name) => this.#silences.get(name) ?? name,
      fingerprintOf: (labels) => LabelSet.fromObject(labels).fingerprint,
    };
  }
}

const instantOf = (at: number): Instant => secondsAfter(EPOCH, at);
const secondsOf = (at: Instant): number => (at - EPOCH) / 1_000;
const momentOf = (at: number | undefined): Moment | undefined =>
  at === undefined ? undefined : Moment.of(instantOf(at));

const asDomainAlert = ({
  labels,
  annotations = {},
  startsAt,
  endsAt,
  generatorURL = '',
}: PostedAlert): DomainAlert => ({
  labels: LabelSet.fromObject(labels),
  annotations: LabelSet.fromObject(annotations),
  startsAt: momentOf(startsAt),
  endsAt: momentOf(endsAt),
  generatorURL,
});

function matcherOf(text: string) {
  const parsed = parseMatcher(text, 'utf8');
  if (!parsed.ok) throw new Error(`${text}: ${parsed.issues.map(({ message }) => message).join()}`);
  return parsed.value.matcher;
}

function asReceived({ at, hook, send: { notification } }: Delivery): Received {
  const { alerts, flushedAt, groupKey, groupLabels, routeLabels, reason } = notification;
  const statusOf = (alert: (typeof alerts)[number]) => (isResolved(alert, flushedAt) ? 'resolved' : 'firing');
  return {
    hook,
    at: secondsOf(at),
    status: alerts.some((alert) => statusOf(alert) === 'firing') ? 'firing' : 'resolved',
    groupKey,
    groupLabels: groupLabels.toObject(),
    routeLabels: routeLabels.toObject(),
    reason,
    alerts: alerts.map((alert) => ({
      status: statusOf(alert),
      labels: alert.labels.toObject(),
      annotations: alert.annotations.toObject(),
      startsAt: secondsOf(alert.startsAt.at),
      endsAt: alert.endsAt.isZero ? undefined : secondsOf(alert.endsAt.at),
    })),
  };
}

const asShown = (view: AlertView, mutedBy: readonly string[] = []): ShownAlert => ({
  labels: view.alert.labels.toObject(),
  fingerprint: view.alert.labels.fingerprint,
  state: view.status.silencedBy.length + view.status.inhibitedBy.length + mutedBy.length > 0 ? 'suppressed' : 'active',
  silencedBy: view.status.silencedBy,
  inhibitedBy: view.status.inhibitedBy,
  receivers: view.receivers,
});

const asShownGroup = ({ labels, receiver, routeLabels, mutedBy, alerts }: GroupView): ShownGroup => ({
  labels: labels.toObject(),
  receiver,
  routeLabels: routeLabels.toObject(),
  mutedBy,
  alerts: alerts.map((view) => asShown(view, mutedBy)),
});
