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
  readonly waiting: Set<() => void>;
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

  /** Resolves with what gives the place back, or with undefined when the limit came first. */
  enter(integration: string, limit: CallLimit): Promise<(() => void) | undefined> {
    if (limit.isOver) return Promise.resolve(undefined);
    const lane = this.#lanes.get(integration) ?? { running: 0, waiting: new Set() };
    this.#lanes.set(integration, lane);
    if (this.#mayRun(lane)) return Promise.resolve(this.#run(integration, lane));
    return new Promise((resolve) => {
      const admit = (): void => {
        this.#leaveLine(lane, admit);
        limit.onEnd = undefined;
        resolve(this.#run(integration, lane));
      };
      lane.waiting.add(admit);
      this.#waiting++;
      limit.onEnd = () => {
        limit.onEnd = undefined;
        this.#leaveLine(lane, admit);
        this.#forget(integration, lane);
        resolve(undefined);
      };
    });
  }

  #leaveLine(lane: Lane, admit: () => void): void {
    if (lane.waiting.delete(admit)) this.#waiting--;
  }

  #mayRun({ running }: Lane): boolean {
    return running === 0 || (running < this.#limits.perIntegration && this.#running < this.#limits.overall);
  }

  #run(integration: string, lane: Lane): () => void {
    lane.running++;
    this.#running++;
    let left = false;
    return () => {
      if (left) return;
      left = true;
      lane.running--;
      this.#running--;
      this.#forget(integration, lane);
      this.#admitNext();
    };
  }

  /** Lanes stand in the order of their last turn: who was served goes to the end. */
  #admitNext(): void {
    if (this.#waiting === 0) return;
    for (const [integration, lane] of this.#lanes) {
      const [admit] = lane.waiting;
      if (!admit || !this.#mayRun(lane)) continue;
      this.#lanes.delete(integration);
      this.#lanes.set(integration, lane);
      return admit();
    }
  }

  #forget(integration: string, lane: Lane): void {
    if (lane.running === 0 && lane.waiting.size === 0) this.#lanes.delete(integration);
  }
}
