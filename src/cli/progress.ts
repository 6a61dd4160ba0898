import type { ToolIo } from './tool-io.js';

/** A line on stderr that counts what is done, for whoever waits at a terminal; elsewhere nothing. */
export class Progress {
  #done = 0;
  #failed = 0;
  #writtenAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly what: string,
    private readonly total: number,
    private readonly io: Pick<ToolIo, 'err' | 'errIsTerminal' | 'clock'>,
  ) {}

  add(isFailed: boolean): void {
    this.#done++;
    if (isFailed) this.#failed++;
    const now = this.io.clock.elapsed();
    if (now - this.#writtenAt < 100) return;
    this.#writtenAt = now;
    this.#write();
  }

  /** Leaves the final count on the screen. */
  end(): void {
    if (!this.io.errIsTerminal || this.total === 0) return;
    this.#write();
    this.io.err('\n');
  }

  #write(): void {
    if (!this.io.errIsTerminal) return;
    this.io.err(
      `\r\u001b[K${this.what}: ${this.#done} of ${this.total}${this.#failed > 0 ? `, ${this.#failed} failed` : ''}`,
    );
  }
}
