/** The functions every Go template knows. */
import { printable } from '../exec/printable.js';
import { sprint, sprintf, sprintln } from '../format/printf.js';
import { FunctionError } from '../template-error.js';
import { rejoined } from '../value/bytes.js';
import { ANY, type GoFunction, type GoType, REFLECT, STRING } from '../value/types.js';
import { type Value, isTrue, unwrap } from '../value/values.js';
import { index, length, slice } from './collections.js';
import { equalsAny, isAtMost, isLess } from './compare.js';
import { escapeHtml, escapeJs, escapeQuery } from './escape-text.js';
import { bounded } from './bounded.js';

const fixed = (params: readonly GoType[], call: (args: readonly Value[]) => Value): GoFunction => ({ params, call });
const variadic = (params: readonly GoType[], call: GoFunction['call']): GoFunction => ({
  params,
  variadic: true,
  call,
});

/** `and`, `or` and `call` never get here: the interpreter evaluates them itself. */
const evaluatedElsewhere = variadic([REFLECT, REFLECT], () => {
  throw new FunctionError('evaluated by the interpreter');
});

const two = (compare: (left: Value, right: Value) => boolean): GoFunction =>
  fixed([REFLECT, REFLECT], ([left, right]) => compare(left, right));

/** What the escapers make of their arguments: text as it is, anything else printed. */
function textOfArguments(args: readonly Value[]): string {
  const [only] = args;
  if (args.length === 1 && typeof only === 'string') return only;
  return rejoined(sprint(args.map((arg) => shown(unwrap(arg)))));
}

const shown = (value: Value): Value => (value === undefined ? '<no value>' : printable(value));

const escaper = (escape: (text: string) => string): GoFunction =>
  variadic([ANY], (args, context) => bounded(escape(textOfArguments(args)), context));

export const BUILTINS: ReadonlyMap<string, GoFunction> = new Map<string, GoFunction>([
  ['and', evaluatedElsewhere],
  ['or', evaluatedElsewhere],
  ['call', evaluatedElsewhere],
  ['html', escaper(escapeHtml)],
  ['js', escaper(escapeJs)],
  ['urlquery', escaper(escapeQuery)],
  ['index', variadic([REFLECT, REFLECT], ([item, ...keys]) => index(item, keys))],
  ['slice', variadic([REFLECT, REFLECT], ([item, ...bounds]) => slice(item, bounds))],
  ['len', fixed([REFLECT], ([item]) => length(item))],
  ['not', fixed([REFLECT], ([value]) => !isTrue(unwrap(value)))],
  ['print', variadic([ANY], (args, context) => bounded(rejoined(sprint(args)), context))],
  ['println', variadic([ANY], (args, context) => bounded(rejoined(sprintln(args)), context))],
  [
    'printf',
    variadic([STRING, ANY], ([format, ...args], context) =>
      bounded(rejoined(sprintf(format as string, args, (units) => context.charge(units))), context),
    ),
  ], // checked against STRING
  ['eq', variadic([REFLECT, REFLECT], ([first, ...rest]) => equalsAny(first, rest))],
  ['ne', two((left, right) => !equalsAny(left, [right]))],
  ['lt', two(isLess)],
  ['le', two(isAtMost)],
  ['gt', two((left, right) => !isAtMost(left, right))],
  ['ge', two((left, right) => !isLess(left, right))],
]);
