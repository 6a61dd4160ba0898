/**
 * An engine for tests of the surfaces: it keeps what it is told, routes by the label `team` and groups by `alertname`.
 * Status, mutes and failures are set by the test.
 */
import type { Alert } from '../../src/domain/alert/index.js';
import { type Result, failed, ok } from '../../src/domain/issue/index.js';
import { LabelSet, compareBytes } from '../../src/domain/labels/index.js';
import type { Ruleset } from '../../src/domain/ruleset/index.js';
import { type Silence, type SilenceDraft, decideSet, expireSilence } from '../../src/domain/silence/index.js';
import { MINUTE, type Instant, duration } from '../../src/domain/time/index.js';
import type { AlertStatus, AlertView, Engine, EngineMemory, GroupView } from '../../src/engine/engine.js';

const CLEAR: AlertStatus = { silencedBy: [], inhibitedBy: [] };

/** What the test says about alerts, by alertname. */
class Told<T> extends Map<string, T> {
  constructor(private readonly onChange: () => void) {
    super();
  }

  override set(name: string, value: T): this {
    this.onChange();
    return super.set(name, value);
  }
}

export class FakeEngine implements Engine {
  readonly posts: (readonly Alert[])[] = [];
  readonly statusOf = new Told<AlertStatus>(() => this.statusVersion++);
  readonly mutedBy = new Told<readonly string[]>(() => this.statusVersion++);
  failure: Error | undefined;
  /** What the next setSilence says instead of doing it. */
  refusal: Result<never> | undefined;
  ruleset: Ruleset;
  statusVersion = 0;
  #changes = 0;
  #silenceChanges = 0;
  readonly #alerts = new Map<string, Alert>();
  readonly #silences = new Map<string, Silence>();
  #ids = 0;

  constructor(
    private readonly now: () => Instant,
    receivers: Readonly<Record<string, Readonly<Record<string, string>>>> = { default: {} },
  ) {
    const configs = Object.entries(receivers).map(([name, labels]) => ({
      name,
      labels: LabelSet.fromObject({ ...labels, name }),
      integrations: [],
    }));
    // The surfaces read these parts of a ruleset and no others.
    this.ruleset = {
      config: { resolveTimeout: duration(5 * MINUTE), receivers: configs },
      receivers: new Map(configs.map((config) => [config.name, config])),
    } as unknown as Ruleset;
  }

  /** As if nothing had happened yet. */
  clear(): void {
    this.posts.length = 0;
    this.statusOf.clear();
    this.mutedBy.clear();
    this.failure = undefined;
    this.refusal = undefined;
    this.#alerts.clear();
    this.#silences.clear();
    this.#silenceChanges++;
    this.#ids = 0;
    this.#changes++;
    this.statusVersion++;
  }

  /** Time alone ends alerts too. */
  get alertsVersion(): number {
    let ended = 0;
    for (const { endsAt } of this.#alerts.values()) if (endsAt.at < this.now()) ended++;
    return this.#changes * 1_000_000 + ended;
  }

  get silencesVersion(): number {
    let passed = 0;
    for (const { startsAt, endsAt } of this.#silences.values())
      passed += Number(startsAt <= this.now()) + Number(endsAt <= this.now());
    return this.#silenceChanges * 1_000_000 + passed;
  }

  start = async (): Promise<void> => {};
  stop = async (): Promise<void> => {};

  adopt(ruleset: Ruleset): void {
    this.ruleset = ruleset;
    this.#changes++;
  }

  async post(alerts: readonly Alert[]): Promise<void> {
    if (this.failure) throw this.failure;
    this.posts.push(alerts);
    this.#changes++;
    for (const alert of alerts) this.#alerts.set(alert.labels.fingerprint, alert);
  }

  reported(): undefined {
    return undefined;
  }

  /** They are few. */
  sortAlerts(): void {}

  prepareFilter(): Iterator<void> {
    return [].values();
  }

  alerts(): readonly AlertView[] {
    return [...this.#alerts.values()]
      .filter(({ endsAt }) => endsAt.isZero || endsAt.at >= this.now())
      .sort((a, b) => compareBytes(a.labels.fingerprint, b.labels.fingerprint))
      .map((alert) => this.#view(alert));
  }

  groups(): readonly GroupView[] {
    const groups = new Map<string, AlertView[]>();
    for (const view of this.alerts()) {
      for (const receiver of view.receivers) {
        const key = `${receiver}/${view.alert.labels.get('alertname')}`;
        groups.set(key, [...(groups.get(key) ?? []), view]);
      }
    }
    return [...groups].map(([key, alerts]) => {
      const [receiver = '', name = ''] = key.split('/');
      return {
        routeId: '{}',
        groupKey: key,
        receiver,
        labels: LabelSet.fromObject(name === '' ? {} : { alertname: name }),
        routeLabels: LabelSet.EMPTY,
        alerts,
        mutedBy: this.mutedBy.get(name) ?? [],
      };
    });
  }

  memory(): EngineMemory {
    return { silences: this.silences(), entries: [], alerts: this.#alerts.values() };
  }

  silences(): readonly Silence[] {
    return [...this.#silences.values()];
  }

  silence(id: string): Silence | undefined {
    return this.#silences.get(id);
  }

  keepSilence(silence: Silence): void {
    this.#silenceChanges++;
    this.#silences.set(silence.id, silence);
  }

  async setSilence(draft: SilenceDraft): Promise<Result<string>> {
    if (this.refusal) return this.refusal;
    const id = `00000000-0000-4000-8000-${String(++this.#ids).padStart(12, '0')}`;
    const decided = decideSet(this.#silences.get(draft.id), draft, id, this.now());
    if (!decided.ok) return decided;
    if (decided.value.action === 'replace') this.keepSilence(decided.value.expired);
    this.keepSilence(decided.value.silence);
    return ok(decided.value.silence.id);
  }

  async expireSilence(id: string): Promise<Result<void>> {
    const known = this.#silences.get(id);
    if (!known) return failed({ code: 'not-found', path: '', message: 'silence not found' });
    this.keepSilence(expireSilence(known, this.now()));
    return ok(undefined);
  }

  #view(alert: Alert): AlertView {
    const team = alert.labels.get('team');
    const receivers = team === '' ? ['default'] : team.split('+');
    return { alert, receivers, status: this.statusOf.get(alert.labels.get('alertname')) ?? CLEAR };
  }
}
