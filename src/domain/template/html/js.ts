/** JavaScript in templates: what a slash means, and values as literals. */
import { sprint } from '../format/printf.js';
import { stringOf } from '../format/stringer.js';
import { toJson } from '../functions/json.js';
import { FunctionError } from '../template-error.js';
import { TIME } from '../time/go-time.js';
import type { RenderContext } from '../value/context.js';
import { GoObject, GoPointer, type Value } from '../value/values.js';
import type { JsContext } from './context.js';
import { stringify } from './stringify.js';

const TRAILING_SPACE = /[\f\n\r\t\v \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]+$/;
const BEFORE_REGEX: ReadonlySet<string> = new Set(
  'break case continue delete do else finally in instanceof return throw try typeof void'.split(' '),
);

/** Whether a slash after this code would begin a regular expression. */
export function nextJsContext(code: string, preceding: JsContext): JsContext {
  const text = code.replace(TRAILING_SPACE, '');
  if (text === '') return preceding;
  const last = text[text.length - 1] as string;
  if (last === '+' || last === '-') {
    let start = text.length - 1;
    while (start > 0 && text[start - 1] === last) start--;
    // `x++` is a value, `x+` wants one.
    return (text.length - start) % 2 === 1 ? 'jsCtxRegexp' : 'jsCtxDivOp';
  }
  if (last === '.') return /\d\.$/.test(text) ? 'jsCtxDivOp' : 'jsCtxRegexp';
  if (',<>=*%&|^?!~([:;{}'.includes(last)) return 'jsCtxRegexp';
  const word = /[$\w]*$/.exec(text)?.[0] ?? '';
  return BEFORE_REGEX.has(word) ? 'jsCtxRegexp' : 'jsCtxDivOp';
}

const IDENTIFIER_PART = /[$\w]/;

/** A value as a JavaScript expression: JSON, with blanks around what could grow into a neighbouring word. */
export function jsValue(args: readonly Value[], context: RenderContext): string {
  let json: string;
  try {
    json = toJson(args.length === 1 ? marshalled(args[0]) : sprint(args), context);
  } catch (error) {
    if (!(error instanceof FunctionError)) throw error;
    const message = error.message
      .replace(/<(\/?)script/gi, '\\x3C$1script')
      .replaceAll('*/', '* /')
      .replaceAll('<!--', '\\x3C!--');
    return ` /* ${message} */null `;
  }
  const padded = IDENTIFIER_PART.test(json.charAt(0)) || IDENTIFIER_PART.test(json.charAt(json.length - 1));
  return padded ? ` ${json} ` : json;
}

/** Types that print themselves become text, unless they know their own JSON. */
function marshalled(value: Value): Value {
  const target = value instanceof GoPointer && stringOf(value) === undefined ? value.target : value;
  if (target instanceof GoObject && target.type === TIME) return target;
  return stringOf(target) ?? target;
}

type Table = ReadonlyMap<string, string>;

const LOW: Table = new Map(
  Array.from(
    { length: 32 },
    (_, code) => [String.fromCharCode(code), `\\u${code.toString(16).padStart(4, '0')}`] as const,
  ),
);
const COMMON: Table = new Map([
  ...LOW,
  ['\t', '\\t'],
  ['\n', '\\n'],
  ['\f', '\\f'],
  ['\r', '\\r'],
  ['"', '\\u0022'],
  ['&', '\\u0026'],
  ["'", '\\u0027'],
  ['+', '\\u002b'],
  ['/', '\\/'],
  ['<', '\\u003c'],
  ['>', '\\u003e'],
  ['\u2028', '\\u2028'],
  ['\u2029', '\\u2029'],
]);
const STRING_TABLE: Table = new Map([...COMMON, ['`', '\\u0060'], ['\\', '\\\\']]);
const LITERAL_TABLE: Table = new Map([...STRING_TABLE, ['$', '\\u0024'], ['{', '\\u007b'], ['}', '\\u007d']]);
const REGEX_TABLE: Table = new Map([...COMMON, ...[...'$()*-.?[\\]^{|}'].map((char) => [char, `\\${char}`] as const)]);

const replaced = (text: string, table: Table): string => {
  let out = '';
  for (const char of text) out += table.get(char) ?? char;
  return out;
};

export const jsString = (args: readonly Value[]): string => replaced(stringify(args).text, STRING_TABLE);
export const jsTemplateLiteral = (args: readonly Value[]): string => replaced(stringify(args).text, LITERAL_TABLE);

/** An empty pattern would turn two slashes into a comment. */
export const jsRegex = (args: readonly Value[]): string => replaced(stringify(args).text, REGEX_TABLE) || '(?:)';

const JS_TYPES: ReadonlySet<string> = new Set([
  '',
  'application/ecmascript',
  'application/javascript',
  'application/json',
  'application/ld+json',
  'application/x-ecmascript',
  'application/x-javascript',
  'module',
  'text/ecmascript',
  'text/javascript',
  'text/javascript1.0',
  'text/javascript1.1',
  'text/javascript1.2',
  'text/javascript1.3',
  'text/javascript1.4',
  'text/javascript1.5',
  'text/jscript',
  'text/livescript',
  'text/x-ecmascript',
  'text/x-javascript',
]);

/** Whether a script of this type is JavaScript, or JSON, which is escaped alike. */
export const isJsType = (type: string): boolean => JS_TYPES.has((type.split(';')[0] as string).toLowerCase().trim());
