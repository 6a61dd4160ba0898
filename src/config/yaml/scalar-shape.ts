/** What a text contains, as far as it decides in which styles YAML can hold it (the rules of libyaml's emitter). */
export interface ScalarShape {
  readonly multiline: boolean;
  readonly flowPlain: boolean;
  readonly blockPlain: boolean;
  readonly singleQuoted: boolean;
  readonly block: boolean;
  /** All characters may stand as they are. Those outside the basic plane may not, in Go's printer. */
  readonly printable: boolean;
}

const EMPTY: ScalarShape = {
  multiline: false,
  flowPlain: false,
  blockPlain: true,
  singleQuoted: true,
  block: false,
  printable: true,
};

const BREAK = '\\n\\r\\u0085\\u2028\\u2029';
const LINE_BREAK = new RegExp(`[${BREAK}]`);
const EDGE_BREAK_OR_SPACE = new RegExp(`^[ ${BREAK}]|[ ${BREAK}]$`);
const BREAK_THEN_SPACE = new RegExp(`[${BREAK}] `);
const SPACE_THEN_BREAK = new RegExp(` [${BREAK}]`);
/** At the start only; `?`, `:` and `-` count by what follows them. */
const START_INDICATOR = /^(?:---|\.\.\.|[#,[\]{}&*!|>'"%@`]|[-:?](?:[ \t]|$))/;
const START_FLOW_INDICATOR = /^[?:]/;
const INNER_FLOW_INDICATOR = /.[,?[\]{}:]/s;
const INNER_INDICATOR = new RegExp(`.:(?:[ \\t]|$)|[ \\t${BREAK}\\0]#`, 's');
const UNPRINTABLE = /[^\n\u0020-\u007e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/u;

export function shapeOf(text: string): ScalarShape {
  if (text === '') return EMPTY;
  const multiline = LINE_BREAK.test(text);
  const printable = !UNPRINTABLE.test(text);
  const blockIndicators = START_INDICATOR.test(text) || INNER_INDICATOR.test(text);
  const flowIndicators = blockIndicators || START_FLOW_INDICATOR.test(text) || INNER_FLOW_INDICATOR.test(text);
  const special = !printable || SPACE_THEN_BREAK.test(text);
  const breakSpace = BREAK_THEN_SPACE.test(text);
  const plain = !special && !breakSpace && !multiline && !EDGE_BREAK_OR_SPACE.test(text);
  return {
    multiline,
    flowPlain: plain && !flowIndicators,
    blockPlain: plain && !blockIndicators,
    singleQuoted: !special && !breakSpace,
    block: !special && !text.endsWith(' '),
    printable,
  };
}
