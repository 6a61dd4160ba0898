/**
 * YAML of which one can see at a glance what it says: a number, a word, a sentence, and JSON as `toJson` writes it. It is read
 * without YAML's parser, which took half of the time of an event that has the details of its alerts.
 *
 * Keeps: what the parser would say, or UNSURE.
 */
import { resolvePlain } from '../../config/yaml/resolve.js';

/** Only the parser can tell. */
export const UNSURE = Symbol('unsure');

/** One line that begins with a letter or a digit, without a mark that could mean something. */
const PLAIN_LINE = /^[0-9A-Za-z](?:[0-9A-Za-z ()*+,./;<=>_-]*[0-9A-Za-z).])?$/;

export function readPlainYaml(text: string): unknown {
  if (PLAIN_LINE.test(text)) return resolvePlain(text).value;
  return text.startsWith('[') || text.startsWith('{') ? new JsonReader(text).read() : UNSURE;
}

/** No line breaks of any kind, no marks of byte order, no escapes that YAML does not know or reads otherwise. */
const LETTERS = String.raw`[ !#-[\]-~\u{a0}-\u{2027}\u{202a}-\u{d7ff}\u{e000}-\u{fefe}\u{ff00}-\u{fffd}\u{10000}-\u{10ffff}]*`;
const ESCAPE = String.raw`\\(?:["\\nrt]|u00[0-7][0-9a-f])`;
const TEXT = new RegExp(`"${LETTERS}(?:${ESCAPE}${LETTERS})*"`, 'uy');
/** Others are no integers, or large ones, which have rules of their own. */
const INTEGER = /(?:0|-?[1-9]\d{0,14})(?=[ ,\]}])/y;
const WORD = /true|false|null/y;
const BLANKS = / */y;

/** YAML looks for the colon behind a key only so far. */
const LONGEST_KEY = 256;
const DEEPEST = 50;

class JsonReader {
  #at = 0;
  #depth = 0;

  constructor(private readonly text: string) {}

  read(): unknown {
    const value = this.#value();
    return this.#at === this.text.length ? value : UNSURE;
  }

  #value(): unknown {
    const value = this.#bareValue();
    this.#take(BLANKS);
    return value;
  }

  #bareValue(): unknown {
    if (this.#isAt('"')) return this.#string() ?? UNSURE;
    if (this.#isAt('[')) return this.#list();
    if (this.#isAt('{')) return this.#mapping();
    const scalar = this.#take(INTEGER) ?? this.#take(WORD);
    return scalar === undefined ? UNSURE : (JSON.parse(scalar) as number | boolean | null);
  }

  #string(): string | undefined {
    const quoted = this.#take(TEXT);
    if (quoted === undefined) return undefined;
    return quoted.includes('\\') ? (JSON.parse(quoted) as string) : quoted.slice(1, -1);
  }

  #list(): unknown {
    const items: unknown[] = [];
    const isWhole = this.#readParts(']', () => {
      const item = this.#value();
      items.push(item);
      return item !== UNSURE;
    });
    return isWhole ? items : UNSURE;
  }

  #mapping(): unknown {
    // Keys come from users, so that nothing may be inherited.
    const members = Object.create(null) as Record<string, unknown>;
    const isWhole = this.#readParts('}', () => {
      const key = this.#string();
      // Whether a key may come twice, and what `<<` brings in, is for the parser to say.
      if (key === undefined || key.length > LONGEST_KEY || key in members || key === '<<') return false;
      if (!this.#pass(':')) return false;
      const value = this.#value();
      members[key] = value;
      return value !== UNSURE;
    });
    return isWhole ? members : UNSURE;
  }

  /** From the bracket that opens to the one that closes. */
  #readParts(closing: string, readPart: () => boolean): boolean {
    if (this.#depth === DEEPEST) return false;
    this.#depth++;
    this.#at++;
    this.#take(BLANKS);
    if (!this.#isAt(closing)) {
      do if (!readPart()) return false;
      while (this.#pass(','));
      if (!this.#isAt(closing)) return false;
    }
    this.#at++;
    this.#depth--;
    return true;
  }

  #isAt(sign: string): boolean {
    return this.text.startsWith(sign, this.#at);
  }

  /** Blanks may follow. */
  #pass(sign: string): boolean {
    if (!this.#isAt(sign)) return false;
    this.#at++;
    this.#take(BLANKS);
    return true;
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const taken = pattern.exec(this.text)?.[0];
    if (taken !== undefined) this.#at += taken.length;
    return taken;
  }
}
