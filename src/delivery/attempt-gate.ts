import type { CallLimit } from './call-limit.js';

/**
 * How many attempts are under way at once.
 *
 * Bounds: one integration has at most `perIntegration`, all together have at most `overall`; an integration with none
 * under way is let in whatever the others do, so that slow receivers cannot keep a quick one out. Who must wait waits in line by
 * integration, and the lines take turns. A place is held for an attempt, not for the pause between two.
 */
export interface GateLimits {
  readonly perIntegration: number;
  readonly overall: number;
}

export const GATE_LIMITS: GateLimits = { perIntegration: 64, overall: 1024 };

interface Lane {
  running: number;
  /** Who waits, by its limit. */
  readonly waiting: Map<CallLimit, (isIn: boolean) => void>;
  /** Walks through them once: who begins at the first each time walks over the places of all that have left. */
  order: IterableIterator<CallLimit>;
}

export class AttemptGate {
  readonly #limits: GateLimits;
  readonly #lanes = new Map<string, Lane>();
  #running = 0;
  #waiting = 0;

  constructor(limits: GateLimits = GATE_LIMITS) {
    this.#limits = limits;
  }

  get running(): number {
    return this.#running;
  }

  get waiting(): number {
    return this.#waiting;
  }

  /** Whether it is in, to be answered by one `leave`; not when the limit came first. At once where nobody has to wait. */
  enter(integration: string, limit: CallLimit): boolean | Promise<boolean> {
    if (limit.aborted) return false;
    const lane = this.#laneOf(integration);
    return this.#mayRun(lane) ? this.#run(lane) : this.#wait(integration, lane, limit);
  }

  leave(integration: string): void {
    const lane = this.#laneOf(integration);
    lane.running--;
    this.#running--;
    this.#forgetEmpty(integration, lane);
    this.#admitNext();
  }

  #laneOf(integration: string): Lane {
    const known = this.#lanes.get(integration);
    if (known) return known;
    const waiting = new Map();
    const lane = { running: 0, waiting, order: waiting.keys() };
    this.#lanes.set(integration, lane);
    return lane;
  }

  #wait(integration: string, lane: Lane, limit: CallLimit): Promise<boolean> {
    this.#waiting++;
    limit.onEnd = () => {
      this.#leaveLine(lane, limit)?.(false);
      this.#forgetEmpty(integration, lane);
    };
    return new Promise((resolve) => lane.waiting.set(limit, resolve));
  }

  #leaveLine(lane: Lane, limit: CallLimit): ((isIn: boolean) => void) | undefined {
    const resolve = lane.waiting.get(limit);
    limit.onEnd = undefined;
    if (lane.waiting.delete(limit)) this.#waiting--;
    return resolve;
  }

  #mayRun({ running }: Lane): boolean {
    return running === 0 || (running < this.#limits.perIntegration && this.#running < this.#limits.overall);
  }

  #run(lane: Lane): true {
    lane.running++;
    this.#running++;
    return true;
  }

  /** Lanes stand in the order of their last turn: who was served goes to the end. */
  #admitNext(): void {
    if (this.#waiting === 0) return;
    for (const [integration, lane] of this.#lanes) {
      if (lane.waiting.size === 0 || !this.#mayRun(lane)) continue;
      if (this.#lanes.size > 1) {
        this.#lanes.delete(integration);
        this.#lanes.set(integration, lane);
      }
      return this.#admitFirst(lane);
    }
  }

  #admitFirst(lane: Lane): void {
    const first = lane.order.next().value ?? this.#beginAnew(lane);
    if (first) this.#leaveLine(lane, first)?.(this.#run(lane));
  }

  /** A walk that came to its end stays there, whoever comes behind. */
  #beginAnew(lane: Lane): CallLimit | undefined {
    lane.order = lane.waiting.keys();
    return lane.order.next().value;
  }

  #forgetEmpty(integration: string, lane: Lane): void {
    if (lane.running === 0 && lane.waiting.size === 0) this.#lanes.delete(integration);
  }
}
