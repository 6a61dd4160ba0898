/**
 * Who a mail is from and for: the addresses alone, as the envelope wants them. Display names are for the headers.
 *
 * Read by the grammar of RFC 5322, in Go's dialect of it: elements of a list may be empty, names may hold dots, groups give
 * their members. A text that is not of the grammar is refused, since a guess would send the mail to somebody else; nodemailer's
 * own parser takes `a & b@example.com` for `b@example.com`.
 */
import { isIP } from 'node:net';

import { SendFailed, rejected } from '../kit/failures.js';

export function parseAddresses(text: string, what: string): readonly string[] {
  try {
    return new Reader(text).list();
  } catch (error) {
    if (error instanceof Refusal) throw new SendFailed(rejected(`parse '${what}' addresses: mail: ${error.message}`));
    throw error;
  }
}

export function parseSender(text: string): string {
  const [address, ...others] = parseAddresses(text, 'from');
  if (address !== undefined && others.length === 0) return address;
  const count = address === undefined ? 0 : others.length + 1;
  throw new SendFailed(rejected(`must be exactly one 'from' address (got: ${count})`));
}

class Refusal extends Error {}

const SPACE = /[ \t]*/y;
/** Printable, beyond ASCII too, but for the characters that have a meaning; dots are looked at apart. */
const ATOM = /(?:[^\p{Cc}\p{Cs} ()<>[\]:;@\\,"])+/uy;
const QUOTED = /"((?:[^"\\\p{Cc}]|\t|\\[^\p{Cc}]|\\\t)*)"/uy;
const DOMAIN_LITERAL = /\[([!-Z^-~]*)\]/y;

class Reader {
  #at = 0;

  constructor(private readonly text: string) {}

  list(): readonly string[] {
    const found: string[] = [];
    for (;;) {
      this.#skipSpace();
      if (this.#take(',')) continue;
      found.push(...this.#address(true));
      this.#skipComments();
      if (this.#isOver) return found;
      if (this.#next !== ',') throw new Refusal('expected comma');
      while (this.#take(',')) this.#skipSpace();
      if (this.#isOver) return found;
    }
  }

  get #next(): string | undefined {
    return this.text[this.#at];
  }

  get #isOver(): boolean {
    return this.#at >= this.text.length;
  }

  #address(mayBeGroup: boolean): readonly string[] {
    this.#skipSpace();
    if (this.#isOver) throw new Refusal('no address');
    const bare = this.#attempt(() => this.#mailbox());
    if (bare !== undefined) {
      this.#skipComments();
      return [bare];
    }
    const name = this.#next === '<' ? '' : this.#phrase();
    this.#skipSpace();
    if (mayBeGroup && this.#take(':')) return this.#group();
    if (!this.#take('<')) throw new Refusal(name.includes(' ') ? 'no angle-addr' : "missing '@' or angle-addr");
    const address = this.#mailbox();
    if (!this.#take('>')) throw new Refusal('unclosed angle-addr');
    return [address];
  }

  #group(): readonly string[] {
    const members: string[] = [];
    this.#skipSpace();
    if (!this.#take(';'))
      for (;;) {
        members.push(...this.#address(false));
        this.#skipComments();
        if (this.#take(';')) break;
        if (!this.#take(',')) throw new Refusal('expected comma');
      }
    this.#skipComments();
    return members;
  }

  /** `local@domain` */
  #mailbox(): string {
    this.#skipSpace();
    if (this.#isOver) throw new Refusal('no addr-spec');
    const local = this.#next === '"' ? this.#quoted() : this.#dotted();
    if (local === '') throw new Refusal('empty quoted string in addr-spec');
    if (!this.#take('@')) throw new Refusal('missing @ in addr-spec');
    this.#skipSpace();
    if (this.#isOver) throw new Refusal('no domain in addr-spec');
    return `${local}@${this.#next === '[' ? this.#literal() : this.#dotted()}`;
  }

  #dotted(): string {
    const [atom] = this.#match(ATOM) ?? [];
    if (atom === undefined) throw new Refusal('invalid string');
    if (atom.startsWith('.')) throw new Refusal('leading dot in atom');
    if (atom.includes('..')) throw new Refusal('double dot in atom');
    if (atom.endsWith('.')) throw new Refusal('trailing dot in atom');
    return atom;
  }

  #quoted(): string {
    const [, inner] = this.#match(QUOTED) ?? [];
    if (inner === undefined) throw new Refusal('unclosed quoted-string');
    return inner.replaceAll(/\\(.)/gu, '$1');
  }

  #literal(): string {
    const [whole, inner = ''] = this.#match(DOMAIN_LITERAL) ?? [];
    if (whole === undefined) throw new Refusal('unclosed domain-literal');
    if (isIP(inner) === 0) throw new Refusal(`invalid IP address in domain-literal: "${inner}"`);
    return whole;
  }

  /** A display name: words, one at least. */
  #phrase(): string {
    const words: string[] = [];
    for (;;) {
      if (words.length > 0) this.#skipComments();
      this.#skipSpace();
      const word = this.#next === '"' ? this.#attempt(() => this.#quoted()) : this.#match(ATOM)?.[0];
      if (word === undefined) break;
      words.push(word);
    }
    if (words.length > 0) return words.join(' ');
    throw new Refusal(
      `missing word in phrase: mail: ${this.#next === '"' ? 'unclosed quoted-string' : 'invalid string'}`,
    );
  }

  #skipSpace(): void {
    this.#match(SPACE);
  }

  /** Comments may hold comments. */
  #skipComments(): void {
    this.#skipSpace();
    while (this.#take('(')) {
      for (let depth = 1; depth > 0; this.#at++) {
        if (this.#isOver) throw new Refusal('misformatted parenthetical comment');
        if (this.#next === '\\') this.#at++;
        else if (this.#next === '(') depth++;
        else if (this.#next === ')') depth--;
      }
      this.#skipSpace();
    }
  }

  #take(character: string): boolean {
    if (this.#next !== character) return false;
    this.#at++;
    return true;
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.text);
    if (!found) return undefined;
    this.#at += found[0].length;
    return found;
  }

  /** Undefined, and nothing is read, when it fails. */
  #attempt(read: () => string): string | undefined {
    const start = this.#at;
    try {
      return read();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#at = start;
      return undefined;
    }
  }
}
