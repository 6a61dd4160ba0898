/**
 * YAML of which one can see at a glance what it says: a number, a word, a sentence, and JSON as `toJson` writes it. It is read
 * without YAML's parser, and without making objects of JSON that is to become JSON again: both together took most of the time of
 * an event that has the details of its alerts.
 *
 * Keeps: what the parser would say, or UNSURE.
 */
import { resolvePlain } from '../../config/yaml/resolve.js';
import { compareBytes } from '../../domain/labels/index.js';
import { WrittenJson } from './go-json.js';

/** Only the parser can tell. */
export const UNSURE = Symbol('unsure');

/** One line that begins with a letter or a digit, without a mark that could mean something. */
const PLAIN_LINE = /^[0-9A-Za-z](?:[0-9A-Za-z ()*+,./;<=>_-]*[0-9A-Za-z).])?$/;

/** Lists and mappings come as JSON that is written already. */
export function readPlainYaml(text: string): unknown {
  if (PLAIN_LINE.test(text)) return resolvePlain(text).value;
  if (!text.startsWith('[') && !text.startsWith('{')) return UNSURE;
  const json = new JsonReader(text).read();
  return json === undefined ? UNSURE : new WrittenJson(json);
}

/** As they are written again: no `<`, `>`, `&`. And no line breaks of any kind, no marks of byte order. */
const LETTERS = String.raw`[ !#-%'-;=?-[\]-~\u{a0}-\u{2027}\u{202a}-\u{d7ff}\u{e000}-\u{fefe}\u{ff00}-\u{fffd}\u{10000}-\u{10ffff}]*`;
/** Those that YAML knows, and that are written in no other way. */
const ESCAPE = String.raw`\\(?:["\\nrt]|u003[ce]|u0026)`;
const TEXT = new RegExp(`"${LETTERS}(?:${ESCAPE}${LETTERS})*"`, 'uy');
/** Others are no integers, or large ones, which have rules of their own. */
const INTEGER_OR_WORD = /(?:0|-?[1-9]\d{0,14})(?=[ ,\]}])|true|false|null/y;

/** YAML looks for the colon behind a key only so far. */
const LONGEST_KEY = 256;
const DEEPEST = 50;

interface Member {
  /** Without quotes, and as it stands in JSON. */
  readonly key: string;
  readonly value: string;
}

/** Gives JSON back as it is to be written: without blanks, members by name. Undefined where it is not as plain as that. */
class JsonReader {
  #at = 0;
  #depth = 0;

  constructor(private readonly text: string) {}

  read(): string | undefined {
    const json = this.#value();
    return this.#at === this.text.length ? json : undefined;
  }

  /** Blanks may follow. */
  #value(): string | undefined {
    const json = this.#bareValue();
    this.#skipBlanks();
    return json;
  }

  #bareValue(): string | undefined {
    switch (this.text[this.#at]) {
      case '"':
        return this.#take(TEXT);
      case '[':
        return this.#list();
      case '{':
        return this.#mapping();
      default:
        return this.#take(INTEGER_OR_WORD);
    }
  }

  #list(): string | undefined {
    const items = this.#parts(']', () => this.#value());
    return items && `[${items.join(',')}]`;
  }

  #mapping(): string | undefined {
    const members = this.#parts('}', () => this.#member());
    if (!members) return undefined;
    members.sort((one, other) => compareBytes(one.key, other.key));
    // What a key that comes twice means is for the parser to say.
    for (let i = 1; i < members.length; i++) if (members[i - 1]?.key === members[i]?.key) return undefined;
    return `{${members.map(({ key, value }) => `"${key}":${value}`).join(',')}}`;
  }

  #member(): Member | undefined {
    const key = this.#take(TEXT)?.slice(1, -1);
    if (key === undefined || key.length > LONGEST_KEY || key.includes('\\')) return undefined;
    const value = this.#pass(':') ? this.#value() : undefined;
    return value === undefined ? undefined : { key, value };
  }

  /** What stands between two brackets. */
  #parts<T>(closing: string, read: () => T | undefined): T[] | undefined {
    if (this.#depth === DEEPEST) return undefined;
    this.#depth++;
    const parts: T[] = [];
    this.#at++;
    this.#skipBlanks();
    if (this.text[this.#at] !== closing)
      do {
        const part = read();
        if (part === undefined) return undefined;
        parts.push(part);
      } while (this.#pass(','));
    if (this.text[this.#at] !== closing) return undefined;
    this.#at++;
    this.#depth--;
    return parts;
  }

  /** Blanks may follow. */
  #pass(sign: string): boolean {
    if (this.text[this.#at] !== sign) return false;
    this.#at++;
    this.#skipBlanks();
    return true;
  }

  #skipBlanks(): void {
    while (this.text[this.#at] === ' ') this.#at++;
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    if (!pattern.test(this.text)) return undefined;
    const start = this.#at;
    this.#at = pattern.lastIndex;
    return this.text.slice(start, this.#at);
  }
}
