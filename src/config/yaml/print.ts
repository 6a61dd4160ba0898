/**
 * A value on its way to YAML text.
 *
 * `flow` asks for `[a, b]` instead of one line each. As in Go's printer the wish stays open until the next list or map takes
 * it, or the next entry that says otherwise withdraws it: entries of objects always say, entries of maps never do.
 */
export type Printed = string | boolean | null | bigint | PrintedFloat | readonly Printed[] | PrintedMap;

export interface PrintedMap {
  readonly entries: readonly PrintedEntry[];
}

export type PrintedEntry = readonly [key: Printed, value: Printed, flow?: boolean];

export interface PrintedFloat {
  readonly float: number;
}

/** As Go prints a float when nothing else is asked for: the shortest digits, an exponent from a million on. */
export function formatFloat(value: number): string {
  if (Number.isNaN(value)) return '.nan';
  if (!Number.isFinite(value)) return value < 0 ? '-.inf' : '.inf';
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const [mantissa = '', exponentText = '0'] = value.toExponential().split('e');
  const exponent = Number(exponentText);
  if (exponent >= -4 && exponent < PLAIN_BELOW_EXPONENT) return String(value);
  const sign = exponent < 0 ? '-' : '+';
  return `${mantissa}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

/** From a million on Go changes to an exponent; JavaScript does later, so below that its plain form is the same. */
const PLAIN_BELOW_EXPONENT = 6;
