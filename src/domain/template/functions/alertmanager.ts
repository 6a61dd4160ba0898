/** The functions Alertmanager adds to Go's. Which of their arguments may be what is checked before they are called. */
import { FunctionError } from '../template-error.js';
import { durationValue } from '../time/duration.js';
import { GoTime, TIME } from '../time/go-time.js';
import { parseTime } from '../time/parse-time.js';
import { dateText } from '../time/time-methods.js';
import { findZone, localZone } from '../time/zone.js';
import { compareBytes } from '../../labels/index.js';
import type { RenderContext } from '../value/context.js';
import {
  ANY,
  ANY_LIST,
  ANY_MAP,
  type GoFunction,
  type GoType,
  STRING,
  STRING_LIST,
  namedString,
} from '../value/types.js';
import { Dict, GoSlice, GoString, type Value } from '../value/values.js';
import { bounded, joined } from './bounded.js';
import { toLower, toUpper } from './case.js';
import { extentOf } from './extent.js';
import { humanizeDuration } from './humanize.js';
import { toJson } from './json.js';
import { matches, replaceAll } from './regex.js';
import { titleCase } from './title.js';
import { decodeBase64, encodeBase64, unescapeQuery } from './url.js';

export const HTML = namedString('template.HTML');
export const URL = namedString('template.URL');

/** The casts below lean on `params`: arguments are checked against them before the call. */
const fn = (params: readonly GoType[], call: (args: never, context: RenderContext) => Value): GoFunction => ({
  params,
  call: (args, context) => call(args as never, context),
});
const variadic = (params: readonly GoType[], call: (args: never, context: RenderContext) => Value): GoFunction => ({
  params,
  variadic: true,
  call: (args, context) => call(args as never, context),
});
/** `cost`: units for each character, paid before the work is done. */
const ofText = (call: (text: string) => string, cost = 0.25): GoFunction =>
  fn([STRING], ([text]: [string], context) => {
    context.charge(Math.floor(text.length * cost));
    return bounded(call(text), context);
  });

const nowTime = (context: RenderContext): GoTime => GoTime.ofMillis(context.now, localZone());

function parsed([layout, text]: [string, string], context: RenderContext): GoTime {
  context.charge(20 + layout.length + text.length);
  return parseTime(layout, text);
}

function parsedOrZero(args: [string, string], context: RenderContext): GoTime {
  try {
    return parsed(args, context);
  } catch (error) {
    if (error instanceof FunctionError) return GoTime.ZERO;
    throw error;
  }
}

function inZone([name, time]: [string, GoTime]): GoTime {
  const zone = findZone(name);
  if (!zone) throw new FunctionError(`unknown time zone ${name}`);
  return time.in(zone);
}

function dict(args: readonly Value[]): Dict {
  if (args.length % 2 !== 0) throw new FunctionError('dict requires an even number of arguments');
  const entries = new Map<string, Value>();
  for (let i = 0; i < args.length; i += 2) {
    const key = args[i];
    if (typeof key !== 'string') throw new FunctionError('dict keys must be strings');
    entries.set(key, args[i + 1]);
  }
  return new Dict(ANY_MAP, new Map([...entries].sort(([a], [b]) => compareBytes(a, b))), false, extentOf(args));
}

export const ALERTMANAGER_FUNCTIONS: ReadonlyMap<string, GoFunction> = new Map<string, GoFunction>([
  ['toUpper', ofText(toUpper, 0.5)],
  ['toLower', ofText(toLower, 0.5)],
  ['title', ofText(titleCase, 4)],
  ['trimSpace', ofText((text) => text.replace(/^[\t-\r \u0085\p{Z}]+|[\t-\r \u0085\p{Z}]+$/gu, ''))],
  [
    'join',
    fn([STRING, STRING_LIST], ([separator, list]: [string, GoSlice], context) => joined(list, separator, context)),
  ],
  ['match', fn([STRING, STRING], ([pattern, text]: [string, string], context) => matches(pattern, text, context))],
  [
    'reReplaceAll',
    fn([STRING, STRING, STRING], ([pattern, replacement, text]: [string, string, string], context) =>
      bounded(replaceAll(pattern, replacement, text, context), context),
    ),
  ],
  ['stringSlice', variadic([STRING], (args: string[]) => new GoSlice(STRING_LIST, args))],
  ['urlUnescape', ofText(unescapeQuery, 1)],
  ['safeHtml', fn([STRING], ([text]: [string]) => new GoString(HTML, text))],
  ['safeUrl', fn([STRING], ([text]: [string]) => new GoString(URL, text))],
  ['routeLabels', fn([STRING], ([name]: [string], context) => context.routeLabel(name))],
  [
    'date',
    fn([STRING, TIME], ([layout, time]: [string, GoTime], context) =>
      bounded(dateText(time, layout, context), context),
    ),
  ],
  ['tz', fn([STRING, TIME], inZone)],
  ['now', fn([], (_args, context) => nowTime(context))],
  ['since', fn([TIME], ([time]: [GoTime], context) => durationValue(nowTime(context).total - time.total))],
  ['toDate', fn([STRING, STRING], parsedOrZero)],
  ['mustToDate', fn([STRING, STRING], parsed)],
  ['humanizeDuration', fn([ANY], ([value]: [Value]) => humanizeDuration(value))],
  ['toJson', fn([ANY], ([value]: [Value], context) => bounded(toJson(value, context), context))],
  ['base64encode', ofText(encodeBase64, 0.5)],
  ['base64decode', ofText(decodeBase64, 1)],
  ['list', variadic([ANY], (args: Value[]) => new GoSlice(ANY_LIST, args, false, extentOf(args)))],
  [
    'append',
    variadic([ANY_LIST, ANY], ([list, ...more]: [GoSlice, ...Value[]], context: RenderContext) => {
      context.charge(list.items.length >> 3);
      const items = [...list.items, ...more];
      return new GoSlice(ANY_LIST, items, list.isNil && more.length === 0, extentOf(more, list));
    }),
  ],
  ['dict', variadic([ANY], dict)],
]);
