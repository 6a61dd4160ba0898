/** The functions contextual escaping puts behind every action, by the names errors show. */
import { printable } from '../exec/printable.js';
import { sprint } from '../format/printf.js';
import { rejoined } from '../value/bytes.js';
import type { RenderContext } from '../value/context.js';
import { ANY, type GoFunction } from '../value/types.js';
import { type Value, unwrap } from '../value/values.js';
import { bounded } from '../functions/bounded.js';
import { attributeType } from './attributes.js';
import { TEXT, isInTag } from './context.js';
import { FAILSAFE, cssEscape, cssValue } from './css.js';
import { DELIMITER_ENDS } from './escape-text.js';
import { jsRegex, jsString, jsTemplateLiteral, jsValue } from './js.js';
import { stringify } from './stringify.js';
import { TRANSITIONS, indexOfAny } from './transition.js';
import { srcsetFilter, urlEscape, urlFilter, urlNormalise } from './urls.js';

const QUOTED: Readonly<Record<string, string>> = {
  '\0': '\ufffd',
  '"': '&#34;',
  '&': '&amp;',
  "'": '&#39;',
  '+': '&#43;',
  '<': '&lt;',
  '>': '&gt;',
};
const UNQUOTED: Readonly<Record<string, string>> = {
  ...QUOTED,
  '\0': '&#xfffd;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\v': '&#11;',
  '\f': '&#12;',
  '\r': '&#13;',
  ' ': '&#32;',
  '=': '&#61;',
  '`': '&#96;',
};

const NEEDS_QUOTING = /[\0"&'+<>]/;
const quoted = (text: string): string =>
  NEEDS_QUOTING.test(text) ? text.replace(/[\0"&'+<>]/g, (char) => QUOTED[char] as string) : text;
/** Markup that was escaped before stays as it is. */
const quotedMarkup = (text: string): string => text.replace(/[\0"'+<>]/g, (char) => QUOTED[char] as string);

const unquoted = (text: string, markup: boolean): string =>
  text.replace(/[\0\t-\r "&'+<=>`\ufdd0-\ufdef\ufff0-\uffff]|[\udc80-\udcff]/gu, (char) => {
    if (char === '&' && markup) return char;
    const known = UNQUOTED[char];
    if (known !== undefined) return known;
    const code = char.charCodeAt(0);
    return `&#x${(code >= 0xd800 && code <= 0xdfff ? 0xfffd : code).toString(16)};`;
  });

function htmlText(args: readonly Value[]): string {
  const { text, trust } = stringify(args);
  return trust === 'html' ? text : quoted(text);
}

function attribute(args: readonly Value[]): string {
  const { text, trust } = stringify(args);
  return trust === 'html' ? quotedMarkup(withoutTags(text)) : quoted(text);
}

function unquotedAttribute(args: readonly Value[]): string {
  const { text, trust } = stringify(args);
  if (text === '') return FAILSAFE;
  return trust === 'html' ? unquoted(withoutTags(text), true) : unquoted(text, false);
}

/** In a title or text area. */
function rawText(args: readonly Value[]): string {
  const { text, trust } = stringify(args);
  return trust === 'html' ? quotedMarkup(text) : quoted(text);
}

/** A tag or attribute name: letters and digits, and none that takes code or a URL. */
function nameFilter(args: readonly Value[]): string {
  const name = stringify(args).text.toLowerCase();
  return /^[a-z0-9]+$/.test(name) && attributeType(name) === 'plain' ? name : FAILSAFE;
}

/** Trusted markup where only text may stand. */
function withoutTags(html: string): string {
  let out = '';
  let c = TEXT;
  let onlyText = true;
  let i = 0;
  while (i !== html.length) {
    if (c.delim !== 'delimNone') {
      const end = indexOfAny(html, DELIMITER_ENDS[c.delim], i);
      if (end < 0) break;
      i = c.delim === 'delimSpaceOrTagEnd' ? end : end + 1;
      c = { ...TEXT, state: 'stateTag', element: c.element };
      continue;
    }
    const state = c.element !== 'elementNone' && !isInTag(c.state) ? 'stateRCDATA' : c.state;
    const [next, read] = TRANSITIONS[state](c, html.slice(i));
    const end = i + read;
    if (c.state === 'stateText' || c.state === 'stateRCDATA') {
      const tag = next.state === c.state ? -1 : html.lastIndexOf('<', end - 1);
      out += html.slice(i, tag >= i ? tag : end);
    } else onlyText = false;
    c = next;
    i = end;
  }
  if (onlyText) return html;
  return c.state === 'stateText' || c.state === 'stateRCDATA' ? out + html.slice(i) : out;
}

/** The arguments of an escaper that the template calls itself, which comes after. */
const evaluated = (args: readonly Value[]): string => {
  const [only] = args;
  return args.length === 1 && typeof only === 'string' ? only : rejoined(sprint(args.map(printable)));
};

type Escape = (args: readonly Value[], context: RenderContext) => string;

const escaper = (escape: Escape): GoFunction => {
  const pipe: GoFunction['pipe'] = (value, context) => {
    if (typeof value === 'string' && value.length > 4) context.charge(value.length >> 2);
    return bounded(escape([value], context), context);
  };
  return {
    params: [ANY],
    variadic: true,
    call: (args, context) => bounded(escape(args.map(unwrap), context), context),
    pipe,
  };
};

/** By far the most frequent one is spared the detour of a list. */
const htmlEscaper: GoFunction = {
  ...escaper(htmlText),
  pipe: (value, context) => (typeof value === 'string' ? quoted(value) : bounded(htmlText([value]), context)),
};

export const ESCAPERS: ReadonlyMap<string, GoFunction> = new Map<string, GoFunction>([
  ['_html_template_attrescaper', escaper(attribute)],
  ['_html_template_commentescaper', escaper(() => '')],
  ['_html_template_cssescaper', escaper(cssEscape)],
  ['_html_template_cssvaluefilter', escaper(cssValue)],
  ['_html_template_htmlnamefilter', escaper(nameFilter)],
  ['_html_template_htmlescaper', htmlEscaper],
  ['_html_template_jsregexpescaper', escaper(jsRegex)],
  ['_html_template_jsstrescaper', escaper(jsString)],
  ['_html_template_jstmpllitescaper', escaper(jsTemplateLiteral)],
  ['_html_template_jsvalescaper', escaper(jsValue)],
  ['_html_template_nospaceescaper', escaper(unquotedAttribute)],
  ['_html_template_rcdataescaper', escaper(rawText)],
  ['_html_template_srcsetescaper', escaper(srcsetFilter)],
  ['_html_template_urlescaper', escaper(urlEscape)],
  ['_html_template_urlfilter', escaper(urlFilter)],
  ['_html_template_urlnormalizer', escaper(urlNormalise)],
  ['_eval_args_', escaper(evaluated)],
]);
