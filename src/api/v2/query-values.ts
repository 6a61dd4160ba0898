/**
 * The query of a URL as Go reads it: pairs that are not well escaped or hold a semicolon are left out, `+` is a space.
 *
 * Bytes that are not UTF-8 become lone surrogates, which no text from outside can hold otherwise, so that whoever parses the
 * value can refuse it.
 */
export class QueryValues {
  readonly #values = new Map<string, string[]>();

  static readonly EMPTY = new QueryValues('');

  /** `text`: the query as it came. */
  constructor(readonly text: string) {
    if (text === '') return;
    for (const pair of text.split('&')) this.#add(pair);
  }

  /** All values, in the order in which they came. */
  all(name: string): readonly string[] {
    return this.#values.get(name) ?? [];
  }

  last(name: string): string {
    return this.#values.get(name)?.at(-1) ?? '';
  }

  /** Any word that does not mean yes means no; nothing means the default. */
  boolean(name: string, byDefault: boolean): boolean {
    const value = this.last(name);
    return value === '' ? byDefault : TRUE_WORDS.has(value.toLowerCase());
  }

  #add(pair: string): void {
    if (pair === '' || pair.includes(';')) return;
    const equals = pair.indexOf('=');
    const name = unescapeQuery(equals < 0 ? pair : pair.slice(0, equals));
    const value = equals < 0 ? '' : unescapeQuery(pair.slice(equals + 1));
    if (name === undefined || value === undefined) return;
    const values = this.#values.get(name);
    if (values) values.push(value);
    else this.#values.set(name, [value]);
  }
}

const TRUE_WORDS: ReadonlySet<string> = new Set([
  'true',
  '1',
  'yes',
  'ok',
  'y',
  'on',
  'selected',
  'checked',
  't',
  'enabled',
]);

const BAD_ESCAPE = /%(?![0-9a-fA-F]{2})/;

function unescapeQuery(text: string): string | undefined {
  const spaced = text.replaceAll('+', ' ');
  if (!spaced.includes('%')) return spaced;
  if (BAD_ESCAPE.test(spaced)) return undefined;
  try {
    return decodeURIComponent(spaced);
  } catch {
    return markInvalidBytes(spaced);
  }
}

/** Only reached by text that is not UTF-8: each escaped byte above ASCII becomes one lone surrogate. */
const markInvalidBytes = (text: string): string =>
  text.replace(/%([0-9a-fA-F]{2})/g, (_all, hex: string) => {
    const byte = Number.parseInt(hex, 16);
    return String.fromCharCode(byte < 0x80 ? byte : 0xdc00 + byte);
  });
