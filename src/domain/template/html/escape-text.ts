/** Static text of a template: the context it leads to, and the text as it goes out (without comments, stray `<` escaped). */
import { quote } from '../format/quote.js';
import { type Context, TEXT, errorContext, isComment, isInScriptLiteral } from './context.js';
import { unescapeEntities } from './entities.js';
import { isJsType } from './js.js';
import { type Step, TRANSITIONS, indexOfAny, specialTagEnd } from './transition.js';

export const DELIMITER_ENDS: Readonly<Record<Context['delim'], string>> = {
  delimNone: '',
  delimDoubleQuote: '"',
  delimSingleQuote: "'",
  delimSpaceOrTagEnd: ' \t\n\f\r>',
};

/** `text` is undefined where nothing has to be changed. */
export function escapeStaticText(start: Context, s: string): { readonly context: Context; readonly text?: string } {
  let c = start;
  let written = 0;
  let out = '';
  for (let i = 0; i !== s.length;) {
    const [next, read] = contextAfter(c, s.slice(i));
    const end = i + read;
    if (c.state === 'stateText' || c.state === 'stateRCDATA') {
      const textEnd = next.state === c.state ? end : lastTagStart(s, i, end);
      for (let j = s.indexOf('<', i); j >= 0 && j < textEnd; j = s.indexOf('<', j + 1)) {
        if (s.slice(j, j + 9).toUpperCase() === '<!DOCTYPE') continue;
        out += `${s.slice(written, j)}&lt;`;
        written = j + 1;
      }
    } else if (isComment(c.state) && c.delim === 'delimNone') {
      // A comment separates tokens, and one with a line end ends a statement.
      if (c.state === 'stateJSBlockCmt') out += /[\n\r\u2028\u2029]/.test(s.slice(written, end)) ? '\n' : ' ';
      else if (c.state === 'stateCSSBlockCmt') out += ' ';
      written = end;
    }
    if (c.state !== next.state && isComment(next.state) && next.delim === 'delimNone') {
      out += s.slice(written, end - commentMark(next));
      written = end;
    }
    if (isInScriptLiteral(c.state) && SPECIAL_TAG.test(s.slice(i, end))) {
      out += s.slice(written, i) + s.slice(i, end).replace(SPECIAL_TAGS, '\\x3C$1');
      written = end;
    }
    c = next;
    i = end;
  }
  if (written === 0 || c.state === 'stateError') return { context: c };
  if (!isComment(c.state) || c.delim !== 'delimNone') out += s.slice(written);
  return { context: c, text: out };
}

const SPECIAL_TAG = /<(?:script|\/script|!--)/i;
const SPECIAL_TAGS = /<(script|\/script|!--)/gi;

function lastTagStart(s: string, from: number, end: number): number {
  const at = s.lastIndexOf('<', end - 1);
  return at >= from ? at : end;
}

/** How long the mark is that began the comment. */
function commentMark({ state }: Context): number {
  if (state === 'stateHTMLCmt' || state === 'stateJSHTMLOpenCmt') return 4;
  return state === 'stateJSHTMLCloseCmt' ? 3 : 2;
}

/** Attribute values are looked at without their delimiters and with their character references resolved. */
function contextAfter(c: Context, s: string): Step {
  if (c.delim === 'delimNone') {
    const [special, read] = specialTagEnd(c, s);
    return read === 0 ? [special, 0] : TRANSITIONS[c.state](c, s.slice(0, read));
  }
  const found = indexOfAny(s, DELIMITER_ENDS[c.delim]);
  const end = found < 0 ? s.length : found;
  if (c.delim === 'delimSpaceOrTagEnd') {
    const bad = indexOfAny(s.slice(0, end), '"\'<=`');
    if (bad >= 0)
      return [errorContext(`${quote(s[bad] as string)} in unquoted attr: ${quote(s.slice(0, end))}`), s.length];
  }
  if (end === s.length) return [throughValue(c, unescapeEntities(s)), s.length];
  const scriptOfOtherKind =
    c.state === 'stateAttr' &&
    c.element === 'elementScript' &&
    c.attr === 'attrScriptType' &&
    !isJsType(s.slice(0, end));
  const element = scriptOfOtherKind ? 'elementNone' : c.element;
  return [{ ...TEXT, state: 'stateTag', element }, c.delim === 'delimSpaceOrTagEnd' ? end : end + 1];
}

function throughValue(start: Context, value: string): Context {
  let c = start;
  for (let rest = value; rest !== '';) {
    const [next, read] = TRANSITIONS[c.state](c, rest);
    c = next;
    rest = rest.slice(read);
  }
  return c;
}
