import type { Socket } from 'node:net';
import { type Duration, duration } from '../../../domain/time/index.js';
import type { Timer } from '../../../platform/clock.js';
import { AnswerHeads } from './exchange.js';
import { PlainConnection, type PlainOptions } from './plain-connection.js';

/** Who is slower than this is watched by Node's own server. */
const PATIENCE: Duration = duration(2_000);

/**
 * Reads the requests that come in great numbers, small POSTs of alerts and silences, with a fraction of what Node's own server
 * needs for each. It takes what leaves nothing to be made out. A request that is in any way otherwise, large, slow, or sent
 * before the last one was answered takes its connection to Node's server, where it stays.
 *
 * Bound: for each connection the largest body that is taken, and what one more reading brings.
 */
export class PlainServer {
  readonly #connections = new Set<PlainConnection>();
  readonly #heads: AnswerHeads;
  #watch: Timer | undefined;

  constructor(private readonly options: PlainOptions) {
    this.#heads = new AnswerHeads(options.clock, options.keepAlive);
  }

  take(socket: Socket): void {
    const connection = new PlainConnection(socket, this.options, this.#heads, () => {
      this.#connections.delete(connection);
    });
    this.#connections.add(connection);
    this.#watchOn();
  }

  /** Requests under way still get their answers, and those that come until they have. */
  stop(): void {
    this.#heads.areLast = true;
    this.#watch?.cancel();
  }

  #watchOn(): void {
    this.#watch ??= this.options.clock.after(PATIENCE, () => {
      this.#watch = undefined;
      const now = this.options.clock.elapsed();
      for (const connection of this.#connections) connection.look(PATIENCE, now);
      if (this.#connections.size > 0) this.#watchOn();
    });
  }
}
