/** Go's time.Duration: nanoseconds in 64 bits, and its methods. */
import { printsAs } from '../format/stringer.js';
import { type GoMethod, type GoType, INT64 } from '../value/types.js';
import { GoFloat, GoInteger, type GoObject, type Value } from '../value/values.js';

const METHODS = new Map<string, GoMethod>();

export const DURATION: GoType = {
  name: 'time.Duration',
  kind: 'int',
  shape: 'int64',
  named: true,
  bits: 64,
  methods: METHODS,
  comparable: true,
};

const MAX = 2n ** 63n - 1n;

/** What is too long is the longest. */
export const durationValue = (nanos: bigint): GoInteger =>
  new GoInteger(DURATION, nanos > MAX ? MAX : nanos < -MAX - 1n ? -MAX - 1n : nanos);

const nanosOf = (receiver: GoObject): bigint => (receiver as GoInteger).value; // methods of DURATION have such receivers

/** `1h2m3.5s`, `1.5ms`, `0s`. */
function formatDuration(nanos: bigint): string {
  if (nanos === 0n) return '0s';
  const negative = nanos < 0n;
  const size = negative ? -nanos : nanos;
  const text = size < 1_000_000_000n ? belowSecond(size) : aboveSecond(size);
  return negative ? `-${text}` : text;
}

function belowSecond(nanos: bigint): string {
  if (nanos < 1_000n) return `${nanos}ns`;
  if (nanos < 1_000_000n) return `${scaled(nanos, 3)}µs`;
  return `${scaled(nanos, 6)}ms`;
}

function aboveSecond(nanos: bigint): string {
  const seconds = nanos / 1_000_000_000n;
  const shown = scaled(nanos - (seconds - (seconds % 60n)) * 1_000_000_000n, 9);
  const minutes = (seconds / 60n) % 60n;
  const hours = seconds / 3600n;
  if (hours > 0n) return `${hours}h${minutes}m${shown}s`;
  return minutes > 0n ? `${minutes}m${shown}s` : `${shown}s`;
}

function scaled(value: bigint, places: number): string {
  const digits = value.toString().padStart(places + 1, '0');
  const fraction = digits.slice(-places).replace(/0+$/, '');
  return digits.slice(0, -places) + (fraction === '' ? '' : `.${fraction}`);
}

printsAs<GoInteger>(DURATION, ({ value }) => formatDuration(value));

/** Toward zero, to a multiple. */
const truncateNanos = (nanos: bigint, unit: bigint): bigint => (unit <= 0n ? nanos : nanos - (nanos % unit));

function round(nanos: bigint, unit: bigint): bigint {
  if (unit <= 0n) return nanos;
  const size = nanos < 0n ? -nanos : nanos;
  const rest = size % unit;
  const rounded = rest + rest < unit ? size - rest : size - rest + unit;
  return nanos < 0n ? -rounded : rounded;
}

const method = (name: string, call: (nanos: bigint) => Value): void => {
  METHODS.set(name, { params: [], call: (receiver) => call(nanosOf(receiver)) });
};

const withUnit = (name: string, call: (nanos: bigint, unit: bigint) => bigint): void => {
  METHODS.set(name, {
    params: [DURATION],
    call: (receiver, [unit]) => durationValue(call(nanosOf(receiver), (unit as GoInteger).value)), // checked against params
  });
};

const inUnits = (nanos: bigint, unit: bigint): GoFloat =>
  new GoFloat(Number(nanos / unit) + Number(nanos % unit) / Number(unit));

method('String', formatDuration);
method('Nanoseconds', (nanos) => new GoInteger(INT64, nanos));
method('Microseconds', (nanos) => new GoInteger(INT64, nanos / 1_000n));
method('Milliseconds', (nanos) => new GoInteger(INT64, nanos / 1_000_000n));
method('Seconds', (nanos) => inUnits(nanos, 1_000_000_000n));
method('Minutes', (nanos) => inUnits(nanos, 60_000_000_000n));
method('Hours', (nanos) => inUnits(nanos, 3_600_000_000_000n));
method('Abs', (nanos) => durationValue(nanos < 0n ? -nanos : nanos));
withUnit('Truncate', truncateNanos);
withUnit('Round', round);

/** Seconds as a float, as Go divides them. */
export const secondsOf = (nanos: bigint): number => inUnits(nanos, 1_000_000_000n).value;
