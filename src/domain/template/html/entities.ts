/**
 * Character references in attribute values, as far as they can change what follows: all numeric ones, and the named ones
 * that stand for ASCII.
 */
const NAMED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    Tab: '\t',
    NewLine: '\n',
    nbsp: '\u00a0',
    excl: '!',
    quot: '"',
    QUOT: '"',
    num: '#',
    dollar: '$',
    percnt: '%',
    amp: '&',
    AMP: '&',
    apos: "'",
    lpar: '(',
    rpar: ')',
    ast: '*',
    midast: '*',
    plus: '+',
    comma: ',',
    period: '.',
    sol: '/',
    colon: ':',
    semi: ';',
    lt: '<',
    LT: '<',
    equals: '=',
    gt: '>',
    GT: '>',
    quest: '?',
    commat: '@',
    lbrack: '[',
    lsqb: '[',
    bsol: '\\',
    rbrack: ']',
    rsqb: ']',
    Hat: '^',
    lowbar: '_',
    UnderBar: '_',
    grave: '`',
    DiacriticalGrave: '`',
    lbrace: '{',
    lcub: '{',
    vert: '|',
    verbar: '|',
    VerticalLine: '|',
    rbrace: '}',
    rcub: '}',
  }),
);

/** These need no semicolon. */
const BARE = /^(?:quot|QUOT|amp|AMP|lt|LT|gt|GT|nbsp)/;

export function unescapeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#[xX]([0-9a-fA-F]+);?|#([0-9]+);?|([A-Za-z][A-Za-z0-9]*)(;?))/g,
    (all, hex, decimal, name, semicolon) => {
      if (hex !== undefined) return character(Number.parseInt(hex as string, 16));
      if (decimal !== undefined) return character(Number.parseInt(decimal as string, 10));
      const known = semicolon === ';' ? NAMED.get(name as string) : undefined;
      if (known !== undefined) return known;
      const bare = BARE.exec(name as string)?.[0];
      return bare === undefined ? (all as string) : `${NAMED.get(bare)}${(all as string).slice(bare.length + 1)}`;
    },
  );
}

const character = (code: number): string =>
  code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? '\ufffd' : String.fromCodePoint(code);
