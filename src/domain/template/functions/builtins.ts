/** The functions every Go template knows. */
import { printable } from '../exec/printable.js';
import { sprint, sprintf, sprintln } from '../format/printf.js';
import { FunctionError } from '../template-error.js';
import { rejoined } from '../value/bytes.js';
import type { RenderContext } from '../value/context.js';
import { ANY, type GoFunction, type GoType, REFLECT, STRING } from '../value/types.js';
import { type Value, isTrue, unwrap } from '../value/values.js';
import { index, length, slice } from './collections.js';
import { equalsAny, isAtMost, isLess } from './compare.js';
import { escapeHtml, escapeJs, escapeQuery } from './escape-text.js';
import { bounded } from './bounded.js';

/** Text is looked at from its beginning, so that long text is paid for. */
const paid =
  (call: (args: readonly Value[]) => Value): GoFunction['call'] =>
  (args, context) => {
    let length = 0;
    for (const arg of args) if (typeof arg === 'string') length += arg.length;
    if (length > 16) context.charge(length >> 4);
    return call(args);
  };

const fixed = (params: readonly GoType[], call: (args: readonly Value[]) => Value): GoFunction => ({
  params,
  call: paid(call),
});
const fixedAnyNumber = (params: readonly GoType[], call: (args: readonly Value[]) => Value): GoFunction => ({
  params,
  variadic: true,
  call: paid(call),
});
const variadic = (params: readonly GoType[], call: GoFunction['call']): GoFunction => ({
  params,
  variadic: true,
  call,
});

/** `and`, `or` and `call` never get here: the interpreter evaluates them itself. */
const evaluatedElsewhere = variadic([REFLECT, REFLECT], () => {
  throw new FunctionError('evaluated by the interpreter');
});

/** Printing costs more than passing on. */
function printedText(text: string, context: RenderContext): string {
  context.charge(text.length >> 3);
  return bounded(text, context);
}

const two = (compare: (left: Value, right: Value) => boolean): GoFunction =>
  fixed([REFLECT, REFLECT], ([left, right]) => compare(left, right));

/** What the escapers make of their arguments: text as it is, anything else printed. */
function textOfArguments(args: readonly Value[]): string {
  const [only] = args;
  if (args.length === 1 && typeof only === 'string') return only;
  return rejoined(sprint(args.map((arg) => shown(unwrap(arg)))));
}

const shown = (value: Value): Value => (value === undefined ? '<no value>' : printable(value));

/** `shift`: how much a character costs, as a power of two of its fractions. */
const escaper = (escape: (text: string) => string, shift = 2): GoFunction =>
  variadic([ANY], (args, context) => {
    const text = bounded(textOfArguments(args), context);
    context.charge(text.length >> shift);
    return bounded(escape(text), context);
  });

export const BUILTINS: ReadonlyMap<string, GoFunction> = new Map<string, GoFunction>([
  ['and', evaluatedElsewhere],
  ['or', evaluatedElsewhere],
  ['call', evaluatedElsewhere],
  ['html', escaper(escapeHtml)],
  ['js', escaper(escapeJs, 0)],
  ['urlquery', escaper(escapeQuery)],
  ['index', fixedAnyNumber([REFLECT, REFLECT], ([item, ...keys]) => index(item, keys))],
  [
    'slice',
    {
      params: [REFLECT, REFLECT],
      variadic: true,
      call([item, ...bounds], context) {
        // Beyond ASCII its bytes are made for each cut.
        const text = unwrap(item);
        if (typeof text === 'string') context.charge(text.length);
        return slice(item, bounds);
      },
    },
  ],
  ['len', fixed([REFLECT], ([item]) => length(item))],
  ['not', fixed([REFLECT], ([value]) => !isTrue(unwrap(value)))],
  ['print', variadic([ANY], (args, context) => rejoined(printedText(sprint(args), context)))],
  ['println', variadic([ANY], (args, context) => rejoined(printedText(sprintln(args), context)))],
  [
    'printf',
    variadic([STRING, ANY], ([format, ...args], context) =>
      rejoined(
        printedText(
          sprintf(format as string, args, (units) => context.charge(units)),
          context,
        ),
      ),
    ),
  ], // checked against STRING
  ['eq', fixedAnyNumber([REFLECT, REFLECT], ([first, ...rest]) => equalsAny(first, rest))],
  ['ne', two((left, right) => !equalsAny(left, [right]))],
  ['lt', two(isLess)],
  ['le', two(isAtMost)],
  ['gt', two((left, right) => !isAtMost(left, right))],
  ['ge', two((left, right) => !isLess(left, right))],
]);
