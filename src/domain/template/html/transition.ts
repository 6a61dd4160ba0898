/** How a piece of static text moves the context on: a small parser of HTML, JavaScript and CSS that only keeps its place. */
import { quote } from '../format/quote.js';
import { attributeType } from './attributes.js';
import {
  type Attribute,
  type Context,
  type Element,
  type HtmlState,
  TEXT,
  errorContext,
  isComment,
  isInScriptLiteral,
} from './context.js';
import { decodeCss, endsWithKeyword } from './css.js';
import { nextJsContext } from './js.js';

/** The context after the part of the text that was read, and how much that was. */
export type Step = readonly [context: Context, read: number];
type Transition = (c: Context, s: string) => Step;

const COMMENT_START = '<!--';

/** The first of these characters from an index on; -1 for none. */
export function indexOfAny(s: string, chars: string, from = 0): number {
  for (let i = from; i < s.length; i++) if (chars.includes(s[i] as string)) return i;
  return -1;
}

const shortQuote = (s: string): string => quote([...s].slice(0, 32).join(''));

function skipSpace(s: string, from: number): number {
  let i = from;
  while (i < s.length && ' \t\n\f\r'.includes(s[i] as string)) i++;
  return i;
}

function inText(c: Context, s: string): Step {
  for (let k = 0; ;) {
    let i = s.indexOf('<', k);
    if (i < 0 || i + 1 === s.length) return [c, s.length];
    if (s.startsWith(COMMENT_START, i)) return [{ ...TEXT, state: 'stateHTMLCmt' }, i + 4];
    i++;
    let end = false;
    if (s[i] === '/') {
      if (i + 1 === s.length) return [c, s.length];
      end = true;
      i++;
    }
    const name = tagName(s, i);
    if (name !== '') {
      const element = end ? 'elementNone' : (ELEMENTS.get(name.toLowerCase()) ?? 'elementNone');
      return [{ ...TEXT, state: 'stateTag', element }, i + name.length];
    }
    k = i;
  }
}

const ELEMENTS: ReadonlyMap<string, Element> = new Map([
  ['script', 'elementScript'],
  ['style', 'elementStyle'],
  ['textarea', 'elementTextarea'],
  ['title', 'elementTitle'],
  ['meta', 'elementMeta'],
]);

const tagName = (s: string, at: number): string =>
  /^[A-Za-z](?:[A-Za-z0-9]|[:-][A-Za-z0-9])*/.exec(s.slice(at))?.[0] ?? '';

const CONTENT: Readonly<Record<Element, HtmlState>> = {
  elementNone: 'stateText',
  elementScript: 'stateJS',
  elementStyle: 'stateCSS',
  elementTextarea: 'stateRCDATA',
  elementTitle: 'stateRCDATA',
  elementMeta: 'stateText',
};

function inTag(c: Context, s: string): Step {
  const i = skipSpace(s, 0);
  if (i === s.length) return [c, s.length];
  if (s[i] === '>') {
    const element = c.element === 'elementMeta' ? 'elementNone' : c.element;
    return [{ ...TEXT, state: CONTENT[element], element }, i + 1];
  }
  const j = attributeEnd(s, i);
  if (typeof j !== 'number') return [j, s.length];
  if (i === j)
    return [errorContext(`expected space, attr name, or end of tag, but got ${quote(s.slice(i))}`), s.length];
  const attr = attributeOf(c.element, s.slice(i, j).toLowerCase());
  return [{ ...TEXT, state: j === s.length ? 'stateAttrName' : 'stateAfterName', element: c.element, attr }, j];
}

function attributeOf(element: Element, name: string): Attribute {
  if (element === 'elementScript' && name === 'type') return 'attrScriptType';
  if (element === 'elementMeta' && name === 'content') return 'attrMetaContent';
  switch (attributeType(name)) {
    case 'url':
      return 'attrURL';
    case 'css':
      return 'attrStyle';
    case 'js':
      return 'attrScript';
    case 'srcset':
      return 'attrSrcset';
    default:
      return 'attrNone';
  }
}

/** Where the name of an attribute ends, or what is wrong with it. */
function attributeEnd(s: string, from: number): number | Context {
  for (let i = from; i < s.length; i++) {
    const char = s[i] as string;
    if (' \t\n\f\r=>'.includes(char)) return i;
    if ('\'"<'.includes(char)) return errorContext(`${quote(char)} in attribute name: ${shortQuote(s)}`);
  }
  return s.length;
}

function inAttributeName(c: Context, s: string): Step {
  const end = attributeEnd(s, 0);
  if (typeof end !== 'number') return [end, s.length];
  return [end === s.length ? c : { ...c, state: 'stateAfterName' }, end];
}

function afterName(c: Context, s: string): Step {
  const i = skipSpace(s, 0);
  if (i === s.length) return [c, s.length];
  return s[i] === '=' ? [{ ...c, state: 'stateBeforeValue' }, i + 1] : [{ ...c, state: 'stateTag' }, i];
}

export const VALUE_STATES: Readonly<Record<Attribute, HtmlState>> = {
  attrNone: 'stateAttr',
  attrScript: 'stateJS',
  attrScriptType: 'stateAttr',
  attrStyle: 'stateCSS',
  attrURL: 'stateURL',
  attrSrcset: 'stateSrcset',
  attrMetaContent: 'stateMetaContent',
};

function beforeValue(c: Context, s: string): Step {
  const i = skipSpace(s, 0);
  if (i === s.length) return [c, s.length];
  const state = VALUE_STATES[c.attr];
  if (s[i] === "'") return [{ ...c, state, delim: 'delimSingleQuote' }, i + 1];
  if (s[i] === '"') return [{ ...c, state, delim: 'delimDoubleQuote' }, i + 1];
  return [{ ...c, state, delim: 'delimSpaceOrTagEnd' }, i];
}

function inHtmlComment(c: Context, s: string): Step {
  const i = s.indexOf('-->');
  return i < 0 ? [c, s.length] : [TEXT, i + 3];
}

const END_MARKERS: Readonly<Record<Element, string>> = {
  elementNone: '',
  elementScript: 'script',
  elementStyle: 'style',
  elementTextarea: 'textarea',
  elementTitle: 'title',
  elementMeta: '',
};

/** Text inside an element that only its own end tag closes. */
export function specialTagEnd(c: Context, s: string): Step {
  if (c.element === 'elementNone') return [c, s.length];
  if (c.element === 'elementScript' && (isInScriptLiteral(c.state) || isComment(c.state))) return [c, s.length];
  const end = new RegExp(`</${END_MARKERS[c.element]}[> \\t\\n\\f/]`, 'i').exec(s);
  return end ? [TEXT, end.index] : [c, s.length];
}

const stays: Transition = (c, s) => [c, s.length];

function inUrl(c: Context, s: string): Step {
  if (/[#?]/.test(s)) return [{ ...c, urlPart: 'urlPartQueryOrFrag' }, s.length];
  if (skipSpace(s, 0) !== s.length && c.urlPart === 'urlPartNone')
    return [{ ...c, urlPart: 'urlPartPreQuery' }, s.length];
  return [c, s.length];
}

function inJs(before: Context, s: string): Step {
  const i = indexOfAny(s, '"`\'/{}<-#');
  if (i < 0) return [{ ...before, jsCtx: nextJsContext(s, before.jsCtx) }, s.length];
  const c = { ...before, jsCtx: nextJsContext(s.slice(0, i), before.jsCtx) };
  switch (s[i]) {
    case '"':
      return [{ ...c, state: 'stateJSDqStr', jsCtx: 'jsCtxRegexp' }, i + 1];
    case "'":
      return [{ ...c, state: 'stateJSSqStr', jsCtx: 'jsCtxRegexp' }, i + 1];
    case '`':
      return [{ ...c, state: 'stateJSTmplLit', jsCtx: 'jsCtxRegexp' }, i + 1];
    case '/':
      return slash(c, s, i);
    case '<':
      return s.startsWith(COMMENT_START, i) ? [{ ...c, state: 'stateJSHTMLOpenCmt' }, i + 4] : [c, i + 1];
    case '-':
      return s.startsWith('-->', i) ? [{ ...c, state: 'stateJSHTMLCloseCmt' }, i + 3] : [c, i + 1];
    case '#':
      return s[i + 1] === '!' ? [{ ...c, state: 'stateJSLineCmt' }, i + 2] : [c, i + 1];
    default:
      return brace(c, s, i);
  }
}

function slash(c: Context, s: string, i: number): Step {
  if (s[i + 1] === '/') return [{ ...c, state: 'stateJSLineCmt' }, i + 2];
  if (s[i + 1] === '*') return [{ ...c, state: 'stateJSBlockCmt' }, i + 2];
  if (c.jsCtx === 'jsCtxRegexp') return [{ ...c, state: 'stateJSRegexp' }, i + 1];
  if (c.jsCtx === 'jsCtxDivOp') return [{ ...c, jsCtx: 'jsCtxRegexp' }, i + 1];
  return [errorContext(`'/' could start a division or regexp: ${shortQuote(s.slice(i))}`), s.length];
}

/** Braces count only inside `${}` of a template literal, whose end they could be. */
function brace(c: Context, s: string, i: number): Step {
  const depths = c.jsBraceDepth ?? [];
  const jsCtx = nextJsContext(s[i] as string, c.jsCtx);
  if (depths.length === 0) return [{ ...c, jsCtx }, i + 1];
  const depth = (depths[depths.length - 1] as number) + (s[i] === '{' ? 1 : -1);
  const outer = depths.slice(0, -1);
  if (depth < 0) return [{ ...c, jsBraceDepth: outer, state: 'stateJSTmplLit' }, i + 1];
  return [{ ...c, jsBraceDepth: [...outer, depth], jsCtx }, i + 1];
}

const unfinishedEscape = (what: string, s: string): Step => [
  errorContext(`unfinished escape sequence in ${what} string: ${quote(s)}`),
  s.length,
];

function inJsTemplate(c: Context, s: string): Step {
  for (let i = indexOfAny(s, '`\\$'); i >= 0; i = indexOfAny(s, '`\\$', i + 1)) {
    if (s[i] === '\\') {
      if (++i === s.length) return unfinishedEscape('JS', s);
    } else if (s[i] === '`') return [{ ...c, state: 'stateJS' }, i + 1];
    else if (s[i + 1] === '{') return [{ ...c, jsBraceDepth: [...(c.jsBraceDepth ?? []), 0], state: 'stateJS' }, i + 2];
  }
  return [c, s.length];
}

function inJsDelimited(c: Context, s: string): Step {
  const specials = c.state === 'stateJSSqStr' ? "\\'" : c.state === 'stateJSRegexp' ? '\\/[]' : '\\"';
  let inCharset = false;
  for (let i = indexOfAny(s, specials); i >= 0; i = indexOfAny(s, specials, i + 1)) {
    const char = s[i];
    if (char === '\\') {
      if (++i === s.length) return unfinishedEscape('JS', s);
    } else if (char === '[') inCharset = true;
    else if (char === ']') inCharset = false;
    else if (char === '/' && i > 0 && s.slice(i - 1, i + 7).toLowerCase() === '</script') i++;
    else if (!inCharset) return [{ ...c, state: 'stateJS', jsCtx: 'jsCtxDivOp' }, i + 1];
  }
  return inCharset ? [errorContext(`unfinished JS regexp charset: ${quote(s)}`), s.length] : [c, s.length];
}

function inBlockComment(c: Context, s: string): Step {
  const i = s.indexOf('*/');
  if (i < 0) return [c, s.length];
  return [{ ...c, state: c.state === 'stateJSBlockCmt' ? 'stateJS' : 'stateCSS' }, i + 2];
}

function inLineComment(c: Context, s: string): Step {
  const css = c.state === 'stateCSSLineCmt';
  const i = indexOfAny(s, css ? '\n\f\r' : '\n\r\u2028\u2029');
  return i < 0 ? [c, s.length] : [{ ...c, state: css ? 'stateCSS' : 'stateJS' }, i];
}

function inCss(c: Context, s: string): Step {
  for (let i = indexOfAny(s, '("\'/'); i >= 0; i = indexOfAny(s, '("\'/', i + 1)) {
    switch (s[i]) {
      case '(': {
        if (!endsWithKeyword(s.slice(0, i).replace(/[\t\n\f\r ]+$/, ''), 'url')) break;
        const at = skipSpace(s, i + 1);
        if (s[at] === '"') return [{ ...c, state: 'stateCSSDqURL' }, at + 1];
        if (s[at] === "'") return [{ ...c, state: 'stateCSSSqURL' }, at + 1];
        return [{ ...c, state: 'stateCSSURL' }, at];
      }
      case '/':
        if (s[i + 1] === '/') return [{ ...c, state: 'stateCSSLineCmt' }, i + 2];
        if (s[i + 1] === '*') return [{ ...c, state: 'stateCSSBlockCmt' }, i + 2];
        break;
      case '"':
        return [{ ...c, state: 'stateCSSDqStr' }, i + 1];
      default:
        return [{ ...c, state: 'stateCSSSqStr' }, i + 1];
    }
  }
  return [c, s.length];
}

function inCssString(before: Context, s: string): Step {
  let c = before;
  const ends = /Dq/.test(c.state) ? '\\"' : /Sq/.test(c.state) ? "\\'" : '\\\t\n\f\r )';
  for (let k = 0; ;) {
    let i = indexOfAny(s, ends, k);
    if (i < 0) {
      const decoded = decodeCss(s.slice(k));
      return [inUrl(c, decoded)[0], s.length];
    }
    if (s[i] !== '\\') return [{ ...c, state: 'stateCSS' }, i + 1];
    if (++i === s.length) return unfinishedEscape('CSS', s);
    [c] = inUrl(c, decodeCss(s.slice(0, i + 1)));
    k = i + 1;
  }
}

function inMetaContent(c: Context, s: string): Step {
  for (const match of s.matchAll(/url/gi)) {
    if (match.index + 3 > s.length - 1) break;
    const at = skipSpace(s, match.index + 3);
    if (s[at] === '=') return [{ ...c, state: 'stateMetaContentURL' }, at + 1];
  }
  return [c, s.length];
}

function inMetaUrl(c: Context, s: string): Step {
  const i = s.indexOf(';');
  return i < 0 ? [c, s.length] : [{ ...c, state: 'stateMetaContent' }, i + 1];
}

export const TRANSITIONS: Readonly<Record<HtmlState, Transition>> = {
  stateText: inText,
  stateTag: inTag,
  stateAttrName: inAttributeName,
  stateAfterName: afterName,
  stateBeforeValue: beforeValue,
  stateHTMLCmt: inHtmlComment,
  stateRCDATA: specialTagEnd,
  stateAttr: stays,
  stateURL: inUrl,
  stateMetaContent: inMetaContent,
  stateMetaContentURL: inMetaUrl,
  stateSrcset: inUrl,
  stateJS: inJs,
  stateJSDqStr: inJsDelimited,
  stateJSSqStr: inJsDelimited,
  stateJSRegexp: inJsDelimited,
  stateJSTmplLit: inJsTemplate,
  stateJSBlockCmt: inBlockComment,
  stateJSLineCmt: inLineComment,
  stateJSHTMLOpenCmt: inLineComment,
  stateJSHTMLCloseCmt: inLineComment,
  stateCSS: inCss,
  stateCSSDqStr: inCssString,
  stateCSSSqStr: inCssString,
  stateCSSDqURL: inCssString,
  stateCSSSqURL: inCssString,
  stateCSSURL: inCssString,
  stateCSSBlockCmt: inBlockComment,
  stateCSSLineCmt: inLineComment,
  stateError: stays,
  stateDead: stays,
};
