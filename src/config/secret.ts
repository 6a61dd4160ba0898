import { inspect } from 'node:util';

/** What stands wherever a secret would be shown. */
export const MASK = '<secret>';

/**
 * A text that must never be seen: it prints as `<secret>` in logs, errors, JSON and the console.
 * Only `reveal` gives it out, so that every use can be found by that name.
 */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  reveal(): string {
    return this.#text;
  }

  /** Whether it holds nothing, or only the mask that a printed configuration carries. */
  get isEmpty(): boolean {
    return this.#text === '';
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  [inspect.custom](): string {
    return MASK;
  }
}
