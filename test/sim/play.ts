/** Plays a history against the engine and tells which promise it broke. */
import { LabelSet } from '../../src/domain/labels/index.js';
import type { Ruleset } from '../../src/domain/ruleset/index.js';
import { type Instant, duration, instant, plus } from '../../src/domain/time/index.js';
import { aSilence, anAlert } from '../support/builders.js';
import { type Bench, startBench } from '../support/engine-bench.js';
import { settle } from '../support/virtual-clock.js';
import { type Deed, HOOKS, type Happening, labelsOf } from './history.js';
import { findBrokenPromises } from './promises.js';
import { rulesets } from './rulesets.js';
import { World } from './world.js';

/** Promises that were broken, in words; empty when all were kept. */
export async function play(history: readonly Happening[]): Promise<readonly string[]> {
  const player = new Player(await startBench({ ruleset: rulesets[0] as Ruleset }));
  for (const { afterMs, deed } of history) {
    await player.pass(afterMs);
    await player.do(deed);
    if (player.broken.length > 0) return player.broken;
  }
  return player.end();
}

class Player {
  readonly broken: string[] = [];
  readonly #world = new World();
  #ruleset = 0;

  constructor(private bench: Bench) {}

  get now(): Instant {
    return this.bench.clock.now();
  }

  pass(ms: number): Promise<void> {
    return this.bench.clock.advance(ms);
  }

  async do(deed: Deed): Promise<void> {
    switch (deed.do) {
      case 'fire':
        await this.#fire(deed.alert, deed.forMs);
        break;
      case 'resolve':
        await this.#resolve(deed.alert);
        break;
      case 'silence':
        await this.#silence(deed);
        break;
      case 'expire':
        await this.#expire(deed.silence);
        break;
      case 'reload':
        this.#ruleset = deed.config;
        this.bench.engine.adopt(rulesets[deed.config] as Ruleset);
        break;
      case 'crash':
        this.#world.crashes.push(this.now);
        this.bench.kill();
        await this.#comeBack(deed.downMs);
        break;
      case 'restart':
        await this.bench.stop();
        await this.#comeBack(deed.downMs);
        break;
      case 'answer':
        this.bench.collector.answer(HOOKS[deed.hook] as string, { status: deed.status, afterMs: deed.afterMs });
    }
    await settle();
    this.#compareListing(deed.do);
  }

  /** All obstacles go; then everything that is owed must come. */
  async end(): Promise<readonly string[]> {
    for (const hook of HOOKS) this.bench.collector.answer(hook, {});
    for (const { id } of this.#world.silences) await this.#expireById(id);
    for (let i = 0; i < 20; i++) {
      for (const { number, endsAt } of this.#world.alerts.values())
        if (endsAt > this.now) await this.#fire(number, 20_000);
      await this.pass(5_000);
    }
    this.bench.kill();
    await settle();
    this.broken.push(...findBrokenPromises(this.#world, this.bench.collector.received, this.now));
    return this.broken;
  }

  async #fire(number: number, forMs: number): Promise<void> {
    const known = this.#world.alerts.get(number);
    const startsAt = known && known.endsAt > this.now ? known.startsAt : this.now;
    const endsAt = plus(this.now, duration(forMs));
    const end = known && known.endsAt > this.now ? instant(Math.max(known.endsAt, endsAt)) : endsAt;
    await this.bench.engine.post([anAlert(labelsOf(number), this.now, { startsAt, endsAt: end })]);
    this.#world.report(number, startsAt, end, this.now);
  }

  async #resolve(number: number): Promise<void> {
    const known = this.#world.alerts.get(number);
    if (!known || known.endsAt <= this.now) return;
    await this.bench.engine.post([anAlert(labelsOf(number), this.now, { startsAt: known.startsAt, endsAt: this.now })]);
    this.#world.report(number, known.startsAt, this.now, this.now);
  }

  async #silence({ alertname, inMs, forMs }: Extract<Deed, { do: 'silence' }>): Promise<void> {
    const startsAt = plus(this.now, duration(inMs));
    const endsAt = plus(startsAt, duration(forMs));
    const set = await this.bench.engine.setSilence(aSilence(`{alertname="${alertname}"}`, startsAt, endsAt));
    if (!set.ok) throw new Error('refused a silence');
    this.#world.silences.push({ id: set.value, alertname, setAt: this.now, startsAt, endsAt });
  }

  async #expire(number: number): Promise<void> {
    const silence = this.#world.silences[number];
    if (silence) await this.#expireById(silence.id);
  }

  async #expireById(id: string): Promise<void> {
    const expired = await this.bench.engine.expireSilence(id);
    if (!expired.ok) this.broken.push(`silence ${id} was forgotten`);
    const silence = this.#world.silences.find((known) => known.id === id);
    if (silence && silence.endsAt > this.now) {
      silence.endsAt = this.now;
      silence.startsAt = instant(Math.min(silence.startsAt, this.now));
    }
  }

  async #comeBack(downMs: number): Promise<void> {
    const { clock, storage, collector } = this.bench;
    await clock.advance(downMs);
    this.bench = await startBench({ clock, storage, collector, ruleset: rulesets[this.#ruleset] as Ruleset });
  }

  /** Whatever was acknowledged and has not ended is there. */
  #compareListing(after: string): void {
    const shown = new Set(this.bench.engine.alerts().map(({ alert }) => alert.labels.fingerprint));
    for (const { number, endsAt } of this.#world.alerts.values())
      if (endsAt > this.now && !shown.has(LabelSet.fromObject(labelsOf(number)).fingerprint))
        this.broken.push(`after ${after} at ${this.now} alert ${number} was forgotten`);
  }
}
