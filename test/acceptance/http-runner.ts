/**
 * Plays a scenario over HTTP, on whatever stage it is given: the whole app on a virtual clock, or a real process in real
 * time. It knows only what any client of Alertmanager knows.
 */
import { LabelSet } from '../../src/domain/labels/index.js';
import { parseMatcher } from '../../src/domain/matcher/index.js';
import { type Slack, compare } from './dsl/compare.js';
import type { Action, Labels, PostedAlert, PostedSilence, Query, Received, Scenario } from './dsl/scenario.js';
import { type Names, type ShownAlert, type ShownGroup, compareAlerts, compareGroups } from './dsl/see.js';

export interface Answer {
  readonly status: number;
  readonly text: string;
}

export interface Stage {
  /** The first second of the scenario, in milliseconds since 1970. */
  readonly epochMs: number;
  readonly slack: Slack;
  /** Waits for that second. */
  until(second: number): Promise<void>;
  request(method: string, path: string, body?: unknown): Promise<Answer>;
  /** Takes another configuration, hooks not yet put in. */
  reload(config: string | undefined): Promise<Answer>;
  restart(isCrash: boolean, downFor: number): Promise<void>;
  answer(hook: string, status: number, afterSeconds: number): void;
  readonly received: readonly StageReceived[];
}

export interface StageReceived {
  readonly hook: string;
  readonly at: number;
  readonly body: HookBody;
}

export interface HookBody {
  readonly status: string;
  readonly groupKey: string;
  readonly groupLabels: Labels;
  readonly routeLabels?: Labels;
  readonly notification_reason?: string;
  readonly alerts: readonly {
    readonly status: string;
    readonly labels: Labels;
    readonly annotations: Labels;
    readonly startsAt: string;
    readonly endsAt: string;
  }[];
}

/** What is wrong; empty when the scenario went as it should. */
export async function playOverHttp(scenario: Scenario, stage: Stage): Promise<string[]> {
  return new HttpPlayer(scenario, stage).play();
}

class HttpPlayer {
  readonly #problems: string[] = [];
  readonly #silences = new Map<string, string>();

  constructor(
    private readonly scenario: Scenario,
    private readonly stage: Stage,
  ) {}

  async play(): Promise<string[]> {
    for (const { at, action } of [...this.scenario.steps].sort((a, b) => a.at - b.at)) {
      await this.stage.until(at);
      await this.#do(action, `at ${at}`);
    }
    await this.stage.until(this.scenario.until);
    const received = this.stage.received.map((one) => this.#received(one));
    return [...this.#problems, ...compare(this.#knownWants(received), received, this.stage.slack)];
  }

  async #do(action: Action, where: string): Promise<void> {
    switch (action.do) {
      case 'push':
        return this.#expect(
          200,
          where,
          this.stage.request(
            'POST',
            'alerts',
            action.alerts.map((one) => this.#alert(one)),
          ),
        );
      case 'silence':
        return this.#silence(action.silence, where);
      case 'expire':
        return this.#expect(200, where, this.stage.request('DELETE', `silence/${this.#silenceId(action.silence)}`));
      case 'reload':
        return this.#expect(200, where, this.stage.reload(action.config));
      case 'restart':
        return this.stage.restart(action.crash, action.downFor);
      case 'answer':
        return this.stage.answer(action.hook, action.status, action.after);
      case 'see':
        this.#problems.push(...compareAlerts(where, action.alerts, await this.#alerts(action.query), this.#names));
        return;
      case 'see-groups':
        this.#problems.push(...compareGroups(where, action.groups, await this.#groups(), this.#names));
    }
  }

  async #expect(status: number, where: string, asked: Promise<Answer>): Promise<void> {
    const answer = await asked;
    if (answer.status !== status) this.#problems.push(`${where} answered ${answer.status} ${answer.text}`);
  }

  async #silence({ name, matchers, startsAt, endsAt }: PostedSilence, where: string): Promise<void> {
    const { status, text } = await this.stage.request('POST', 'silences', {
      id: this.#silences.get(name) ?? '',
      matchers: matchers.map(matcherOf),
      startsAt: this.#time(startsAt),
      endsAt: this.#time(endsAt),
      createdBy: 'scenario',
      comment: name,
    });
    if (status === 200) this.#silences.set(name, (JSON.parse(text) as { silenceID: string }).silenceID);
    else this.#problems.push(`${where} silence ${name}: ${status} ${text}`);
  }

  async #alerts({ filter = [], ...flags }: Query): Promise<ShownAlert[]> {
    const query = new URLSearchParams(filter.map((one): [string, string] => ['filter', one]));
    for (const [name, value] of Object.entries(flags)) query.set(name, String(value));
    const { text } = await this.stage.request('GET', `alerts?${query.toString()}`);
    return (JSON.parse(text) as ApiAlert[]).map(shownAlert);
  }

  async #groups(): Promise<ShownGroup[]> {
    const { text } = await this.stage.request('GET', 'alerts/groups');
    return (JSON.parse(text) as ApiGroup[]).map(({ labels, routeLabels = {}, receiver, alerts }) => ({
      labels,
      routeLabels,
      receiver: receiver.name,
      mutedBy: alerts[0]?.status.mutedBy ?? [],
      alerts: alerts.map(shownAlert),
    }));
  }

  get #names(): Names {
    return {
      silenceId: (name) => this.#silenceId(name),
      fingerprintOf: (labels) => LabelSet.fromObject(labels).fingerprint,
    };
  }

  #silenceId(name: string): string {
    return this.#silences.get(name) ?? name;
  }

  #alert({ labels, annotations, startsAt, endsAt, generatorURL }: PostedAlert): unknown {
    return {
      labels,
      annotations,
      generatorURL,
      startsAt: startsAt === undefined ? undefined : this.#time(startsAt),
      endsAt: endsAt === undefined ? undefined : this.#time(endsAt),
    };
  }

  #time(second: number): string {
    return new Date(Math.round(this.stage.epochMs + second * 1_000)).toISOString();
  }

  #second(text: string): number {
    return (Date.parse(text) - this.stage.epochMs) / 1_000;
  }

  #received({ hook, at, body }: StageReceived): Received {
    return {
      hook,
      at,
      status: statusOf(body.status),
      groupKey: body.groupKey,
      groupLabels: body.groupLabels,
      routeLabels: body.routeLabels ?? {},
      reason: body.notification_reason ?? '',
      alerts: body.alerts.map((alert) => ({
        status: statusOf(alert.status),
        labels: alert.labels,
        annotations: alert.annotations,
        startsAt: this.#second(alert.startsAt),
        endsAt: alert.endsAt.startsWith('0001-') ? undefined : this.#second(alert.endsAt),
      })),
    };
  }

  /** An older Alertmanager does not tell the reason and knows no route labels: then they are not asked for. */
  #knownWants(received: readonly Received[]): Pick<Scenario, 'wants'> {
    if (received.some(({ reason }) => reason !== '')) return this.scenario;
    return {
      wants: this.scenario.wants.map(({ batch: { reason: _reason, ...batch }, ...want }) => ({ ...want, batch })),
    };
  }
}

interface ApiAlert {
  readonly labels: Labels;
  readonly fingerprint: string;
  readonly receivers: readonly { readonly name: string }[];
  readonly status: {
    readonly state: string;
    readonly silencedBy: readonly string[];
    readonly inhibitedBy: readonly string[];
    readonly mutedBy?: readonly string[];
  };
}

interface ApiGroup {
  readonly labels: Labels;
  readonly routeLabels?: Labels;
  readonly receiver: { readonly name: string };
  readonly alerts: readonly ApiAlert[];
}

const shownAlert = ({ labels, fingerprint, receivers, status }: ApiAlert): ShownAlert => ({
  labels,
  fingerprint,
  state: status.state,
  silencedBy: status.silencedBy,
  inhibitedBy: status.inhibitedBy,
  receivers: receivers.map(({ name }) => name),
});

const statusOf = (text: string): 'firing' | 'resolved' => (text === 'firing' ? 'firing' : 'resolved');

function matcherOf(text: string): unknown {
  const parsed = parseMatcher(text, 'utf8');
  if (!parsed.ok) throw new Error(`${text}: ${parsed.issues.map(({ message }) => message).join()}`);
  const { name, operator, value } = parsed.value.matcher;
  return { name, value, isRegex: operator.endsWith('~'), isEqual: operator.startsWith('=') };
}
