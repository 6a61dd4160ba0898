/**
 * `title`: the first cased letter of each word becomes a capital, the rest small.
 *
 * Words end at Unicode's word boundaries, in a simple reading: letters, digits, marks and connectors hold a word together,
 * one point, colon or apostrophe inside it too, everything else ends it.
 */
const CASED = /^[\p{Uppercase}\p{Lowercase}\p{Lt}]$/u;
const HOLDS = /^[\p{L}\p{N}\p{M}\p{Cf}\p{Pc}]$/u;
const MIDDLE = /^['.:\u00b7\u0387\u055f\u05f4\u2018\u2019\u2024\u2027\ufe13\ufe52\ufe55\uff07\uff0e\uff1a]$/u;

/** Nothing cased follows: a small sigma has another form at the end of a word. */
const NO_MORE_LETTERS = /^(?!\p{Case_Ignorable}*\p{Cased})/u;

export function titleCase(text: string): string {
  let out = '';
  let inWord = false;
  let afterMiddle = false;
  let at = 0;
  for (const char of text) {
    at += char.length;
    const middle = MIDDLE.test(char);
    if (afterMiddle && middle) inWord = false;
    if (CASED.test(char)) {
      out += inWord ? smallOf(char, text, at) : titleOf(char);
      inWord = true;
    } else {
      out += char;
      if (!middle && !HOLDS.test(char)) inWord = false;
    }
    afterMiddle = middle;
  }
  return out;
}

const smallOf = (char: string, text: string, after: number): string =>
  char === 'Σ' && NO_MORE_LETTERS.test(text.slice(after)) ? 'ς' : char.toLowerCase();

/** Title case differs from upper case for a few letters that are two in one. */
const TITLE: ReadonlyMap<string, string> = new Map([
  ...['ǅ', 'ǈ', 'ǋ', 'ǲ'].flatMap((title) =>
    [title, title.toLowerCase(), title.toUpperCase()].map((each) => [each, title] as const),
  ),
  ['ß', 'Ss'],
  ['ﬀ', 'Ff'],
  ['ﬁ', 'Fi'],
  ['ﬂ', 'Fl'],
  ['ﬃ', 'Ffi'],
  ['ﬄ', 'Ffl'],
  ['ﬅ', 'St'],
  ['ﬆ', 'St'],
]);

const titleOf = (char: string): string => TITLE.get(char) ?? char.toUpperCase();
