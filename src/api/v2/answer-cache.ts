/**
 * Whole answers by their question, as long as nothing has changed.
 *
 * Keeps: all answers are of one version; with the next version all are forgotten.
 * Bound: 32 MB; of answers that do not fit beside the others the oldest go, one that is too large is not kept at all.
 */
export const MAX_ANSWER_BYTES = 32 * 1024 * 1024;

export class AnswerCache {
  readonly #answers = new Map<string, readonly Buffer[]>();
  #version = '';
  #size = 0;

  get(question: string, version: string): readonly Buffer[] | undefined {
    if (version !== this.#version) this.#clear(version);
    return this.#answers.get(question);
  }

  keep(question: string, version: string, answer: readonly Buffer[]): void {
    if (version !== this.#version) this.#clear(version);
    const size = sizeOf(question, answer);
    if (size > MAX_ANSWER_BYTES || this.#answers.has(question)) return;
    for (const [oldest, other] of this.#answers) {
      if (this.#size + size <= MAX_ANSWER_BYTES) break;
      this.#answers.delete(oldest);
      this.#size -= sizeOf(oldest, other);
    }
    this.#answers.set(question, answer);
    this.#size += size;
  }

  #clear(version: string): void {
    this.#answers.clear();
    this.#size = 0;
    this.#version = version;
  }
}

/** What stands around a small answer counts too, lest a million empty ones be kept. */
const OVERHEAD = 512;

const sizeOf = (question: string, answer: readonly Buffer[]): number =>
  answer.reduce((sum, { length }) => sum + length, OVERHEAD + question.length);
