/**
 * The load of a busy evening, ten times a second: 33 new alerts, each a group of its own; 33 that fired ten seconds ago end;
 * 34 of 4,000 that have long been there are sent again. 1,000 alerts and, once the first end, 660 notifications a second.
 */
import { anAlert, anAlertList } from './alerts.mjs';
import { configuration } from './configuration.mjs';
import { requestBytes } from './connection.mjs';
import { ALERTS, alertRequests, sendAll } from './load.mjs';
import { now } from './now.mjs';
import { Pool } from './pool.mjs';

export const TICK_MS = 100;
const EACH = 33;
const AGAIN = 34;
const FIRST_NEW = 1_000_000;
const HOUR_MS = 3_600_000;

/** The long-standing alerts never notify: their group waits for an hour. */
export const churnConfiguration = (url, { wait = '1s', interval = '5s' } = {}) =>
  configuration({
    url,
    routes: [{ matchers: ['container="churn"'], group_by: ['pod'], group_wait: wait, group_interval: interval }],
  });

export class Churn {
  /** Numbers of the alerts that were answered with 200, firing and resolved. */
  fired = new Set();
  resolved = new Set();
  /** Ends that were sent, whatever became of them. */
  #ending = new Set();
  latencies = [];
  refused = 0;
  /** Why, the first time. */
  refusal = undefined;
  #port;
  #standing;
  #lifeMs;
  #pool;
  #next = FIRST_NEW;
  #startedAt = new Map();
  /** What fires and has not been ended, the oldest first: { number, at }, at being when it was answered. */
  #alive = [];
  #cursor = 0;

  constructor(port, { standing = 4_000, lifeMs = 10_000 } = {}) {
    this.#port = port;
    this.#standing = anAlertList(standing);
    this.#lifeMs = lifeMs;
  }

  async open() {
    await sendAll(this.#port, alertRequests(this.#standing));
    this.#pool = await Pool.open(this.#port);
  }

  /** `isEnding`: no new ones, only the ends of what fires. */
  async tick({ isEnding = false } = {}) {
    const time = Date.now();
    const fired = isEnding ? [] : Array.from({ length: EACH }, () => this.#next++);
    const resolved = this.#oldEnough();
    for (const number of fired) this.#startedAt.set(number, time);
    const batch = [
      ...fired.map((number) => this.#alert(number, time + HOUR_MS)),
      ...resolved.map((number) => this.#alert(number, time)),
      ...this.#again(time),
    ];
    try {
      const { status, latency } = await this.#pool.send(requestBytes('POST', ALERTS, batch));
      if (status !== 200) throw new Error(`${status}`);
      this.latencies.push(latency);
      this.#remember(fired, resolved);
    } catch (error) {
      this.refused++;
      this.refusal ??= error.message;
    }
  }

  get isOver() {
    return this.#alive.length === 0;
  }

  #remember(fired, resolved) {
    const at = now();
    for (const number of fired) {
      this.fired.add(number);
      this.#alive.push({ number, at });
    }
    for (const number of resolved) this.resolved.add(number);
  }

  /** Counted from the answer, so that an alert is always told before it ends. */
  #oldEnough() {
    const limit = now() - this.#lifeMs;
    const young = this.#alive.findIndex(({ at }) => at > limit);
    const old = this.#alive.splice(0, Math.min(EACH, young < 0 ? this.#alive.length : young));
    for (const { number } of old) this.#ending.add(number);
    return old.map(({ number }) => number);
  }

  /** What was answered and fires beyond doubt: no end was even sent. */
  firing() {
    return [...this.fired].filter((number) => !this.#ending.has(number));
  }

  /** The same as a Prometheus sends it again. */
  firingRequests() {
    return alertRequests(this.firing().map((number) => this.#alert(number, Date.now() + HOUR_MS)));
  }

  podOf = (number) => anAlert(number).labels.pod;

  close() {
    this.#pool.close();
  }

  #alert(number, endsAt) {
    return anAlert(number, { labels: { container: 'churn' }, startsAt: this.#startedAt.get(number), endsAt });
  }

  #again(time) {
    const endsAt = new Date(time + HOUR_MS).toISOString();
    return Array.from({ length: AGAIN }, () => ({
      ...this.#standing[this.#cursor++ % this.#standing.length],
      endsAt,
    }));
  }
}
