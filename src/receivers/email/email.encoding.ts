/** Text in mail, as Go writes it: quoted-printable for bodies, encoded words for headers. Both are plain ASCII. */

const LINE_LENGTH = 76;
const LINE_END = /\r\n|\r|\n/;
/** Beside `=`, which stands in each attribute of HTML and is looked for in a quicker way. */
const TO_ESCAPE = /[^\t\n\r -~]+/g;

/** Of each byte. */
const ESCAPES = Array.from({ length: 256 }, (_, byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`);
const escape = (text: string): string => Array.from(Buffer.from(text), (byte) => ESCAPES[byte]).join('');

/** Line ends become CRLF; longer lines are broken softly; blanks at their ends are escaped, since servers strip them. */
export const encodeQuotedPrintable = (text: string): string =>
  text.replaceAll('=', '=3D').replace(TO_ESCAPE, escape).split(LINE_END).map(finishLine).join('\r\n');

function finishLine(line: string): string {
  const last = line.at(-1);
  const whole = last === ' ' || last === '\t' ? line.slice(0, -1) + escape(last) : line;
  return whole.length < LINE_LENGTH ? whole : breakSoftly(whole);
}

/** An escape stays in one piece. */
function breakSoftly(line: string): string {
  const pieces: string[] = [];
  let start = 0;
  while (line.length - start >= LINE_LENGTH) {
    let end = start + LINE_LENGTH - 1;
    if (line[end - 1] === '=') end -= 1;
    else if (line[end - 2] === '=') end -= 2;
    pieces.push(line.slice(start, end));
    start = end;
  }
  return [...pieces, line.slice(start)].join('=\r\n');
}

const WORD_START = '=?utf-8?q?';
const WORD_END = '?=';
const WORD_CONTENT = 75 - WORD_START.length - WORD_END.length;

/**
 * The value of a header: as it is while it is plain, otherwise in encoded words. So a line end in a label cannot begin a
 * header of its own.
 */
export function encodeHeader(value: string): string {
  if (/^[\t\x20-\x7e]*$/.test(value)) return value;
  const words: string[] = [];
  let word = '';
  for (const character of value) {
    const encoded = encodeInWord(character);
    if (word.length + encoded.length > WORD_CONTENT) {
      words.push(word);
      word = '';
    }
    word += encoded;
  }
  return [...words, word].map((content) => WORD_START + content + WORD_END).join(' ');
}

function encodeInWord(character: string): string {
  if (character === ' ') return '_';
  if (/^[!-~]$/.test(character) && !'=?_'.includes(character)) return character;
  return escape(character);
}
