/**
 * Masks what one attempt has learned and nobody may see: tokens it fetched, URLs and keys it read from files. What stands
 * in the settings themselves is masked further up; this is for what they only point at.
 */
import { MASK } from '../../config/secret.js';
import type { Failure } from '../../domain/notify/index.js';

/** Shorter ones would also be found in ordinary words. */
const SHORTEST = 4;
/** Shorter parts of a URL are words rather than keys. */
const LONGEST_WORD = 16;

export class Concealed {
  readonly #texts = new Set<string>();

  /** Returns the text, for use in place. */
  add(text: string): string {
    const parts = /^https?:\/\//i.test(text)
      ? text.split(/[/?&=#:@]/).filter((part) => part.length >= LONGEST_WORD)
      : [];
    for (const form of [text, encodeURIComponent(text.toWellFormed()), ...parts])
      if (form.length >= SHORTEST) this.#texts.add(form);
    return text;
  }

  mask(failure: Failure): Failure {
    if (this.#texts.size === 0) return failure;
    // Longest first: one may be a part of another.
    const texts = [...this.#texts].sort((a, b) => b.length - a.length);
    return { ...failure, message: texts.reduce((message, text) => message.replaceAll(text, MASK), failure.message) };
  }
}
