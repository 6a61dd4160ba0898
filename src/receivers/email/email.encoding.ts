/** Text in mail, as Go writes it: quoted-printable for bodies, encoded words for headers. Both are plain ASCII. */

const LINE_LENGTH = 76;
const CR = 0x0d;
const LF = 0x0a;
const EQUALS = 0x3d;

const isBlank = (byte: number): boolean => byte === 0x20 || byte === 0x09;
const isPrintable = (byte: number): boolean => byte > 0x20 && byte <= 0x7e;
const hex = (byte: number): string => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;

/** Line ends become CRLF; longer lines are broken softly; blanks at their ends are escaped, since servers strip them. */
export function encodeQuotedPrintable(text: string): string {
  const lines: string[] = [];
  let line: string[] = [];
  let length = 0;
  const endLine = (): void => {
    lines.push(line.join(''));
    line = [];
    length = 0;
  };
  const breakSoftly = (): void => {
    line.push('=');
    endLine();
  };
  const addEscaped = (byte: number): void => {
    if (LINE_LENGTH - 1 - length < 3) breakSoftly();
    line.push(hex(byte));
    length += 3;
  };
  const escapeLastBlank = (): void => {
    const last = line.at(-1)?.charCodeAt(0) ?? 0;
    if (line.at(-1)?.length !== 1 || !isBlank(last)) return;
    line.pop();
    length--;
    addEscaped(last);
  };
  const bytes = Buffer.from(text);
  for (const [i, byte] of bytes.entries()) {
    if (byte === LF && bytes[i - 1] === CR) continue;
    if (byte === LF || byte === CR) {
      escapeLastBlank();
      endLine();
    } else if ((isPrintable(byte) && byte !== EQUALS) || isBlank(byte)) {
      if (length === LINE_LENGTH - 1) breakSoftly();
      line.push(String.fromCharCode(byte));
      length++;
    } else addEscaped(byte);
  }
  escapeLastBlank();
  endLine();
  return lines.join('\r\n');
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
  return [...Buffer.from(character)].map(hex).join('');
}
