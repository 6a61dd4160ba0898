/**
 * Why a text is no time, in the words that clients of Alertmanager know: those of Go's parser about the last layout that
 * it tries, a date alone. That they speak of a date even when the mistake is behind it is part of what clients see.
 */
const LAYOUT = '2006-01-02';

const PARTS: readonly { readonly layout: string; readonly shape: RegExp }[] = [
  { layout: '2006', shape: /^\d{4}/ },
  { layout: '-', shape: /^-/ },
  { layout: '01', shape: /^\d\d/ },
  { layout: '-', shape: /^-/ },
  { layout: '02', shape: /^\d\d/ },
];

export function explainMoment(text: string): string {
  let rest = text;
  for (const { layout, shape } of PARTS) {
    const found = shape.exec(rest)?.[0];
    if (found === undefined) {
      return `parsing time ${quote(text)} as "${LAYOUT}": cannot parse ${quote(rest)} as "${layout}"`;
    }
    if (layout === '01' && (Number(found) < 1 || Number(found) > 12)) {
      return `parsing time ${quote(text)}: month out of range`;
    }
    rest = rest.slice(found.length);
  }
  const problem = rest === '' ? 'day out of range' : `extra text: ${quote(rest)}`;
  return `parsing time ${quote(text)}: ${problem}`;
}

/** Go's time package quotes in a way of its own: everything that is not printable ASCII as bytes. */
function quote(text: string): string {
  let quoted = '"';
  for (const char of text) quoted += quoteChar(char);
  return `${quoted}"`;
}

function quoteChar(char: string): string {
  if (char === '"' || char === '\\') return `\\${char}`;
  if (char >= ' ' && char <= '\x7f') return char;
  const escaped =
    char < ' ' ? `%${char.charCodeAt(0).toString(16).padStart(2, '0')}` : encodeURIComponent(char.toWellFormed());
  return escaped.replaceAll('%', '\\x').toLowerCase();
}
