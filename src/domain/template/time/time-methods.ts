/** The methods templates call on a time. */
import { printsAs, writtenAs } from '../format/stringer.js';
import { quote } from '../format/quote.js';
import { FunctionError } from '../template-error.js';
import type { RenderContext } from '../value/context.js';
import { type GoMethod, type GoType, INT, INT64, STRING, structType } from '../value/types.js';
import { GoInteger, GoPointer, GoStruct, type Value } from '../value/values.js';
import { DURATION, durationValue } from './duration.js';
import { GoTime, TIME, TIME_METHODS, ZERO_SECONDS } from './go-time.js';
import { MONTHS, WEEKDAYS, formatTime } from './layout.js';
import { UTC, type Zone, isSummerAt, localZone } from './zone.js';

const named = (name: string, labels: readonly string[], first: number): GoType => {
  const methods = new Map<string, GoMethod>();
  const type: GoType = { name, kind: 'int', shape: 'int', named: true, bits: 64, methods, comparable: true };
  const text = ({ value }: GoInteger): string =>
    labels[Number(value) - first] ?? `%!${name.slice(5)}(${BigInt.asUintN(64, value)})`;
  printsAs<GoInteger>(type, text);
  methods.set('String', { params: [], call: (receiver) => text(receiver as GoInteger) }); // a method of this type
  return type;
};

const MONTH = named('time.Month', MONTHS, 1);
const WEEKDAY = named('time.Weekday', WEEKDAYS, 0);

const LOCATION_METHODS = new Map<string, GoMethod>();
const LOCATION = structType('time.Location', [], LOCATION_METHODS);
const LOCATION_POINTER: GoType = {
  name: '*time.Location',
  kind: 'ptr',
  shape: '*time.Location',
  named: false,
  elem: LOCATION,
  methods: LOCATION_METHODS,
  comparable: true,
};

class Location extends GoStruct {
  readonly type = LOCATION;
  constructor(readonly zone: Zone) {
    super();
  }
  at(): Value {
    return undefined;
  }
}

const zoneOf = (value: Value): Zone => ((value as GoPointer).target as Location).zone; // checked against the parameter's type

LOCATION_METHODS.set('String', { params: [], call: (receiver) => (receiver as Location).zone.name });
printsAs<GoPointer>(LOCATION_POINTER, (pointer) => zoneOf(pointer).name);

const define = (name: string, params: readonly GoType[], call: (time: GoTime, ...args: never[]) => Value): void => {
  // Arguments are checked against `params` before the call.
  TIME_METHODS.set(name, {
    params,
    call: (receiver, args, context) => {
      context.charge((receiver as GoTime).zone.cost);
      return call(receiver as GoTime, ...(args as never[]));
    },
  });
};

const refuse = (name: string, refusal: string): void => {
  TIME_METHODS.set(name, { params: [], refusal, call: () => undefined });
};

const timeText = (time: GoTime): string => formatTime(time, '2006-01-02 15:04:05.999999999 -0700 MST');
/** The form of JSON. */
export const rfc3339 = (time: GoTime): string =>
  time.written ?? formatTime(time, '2006-01-02T15:04:05.999999999Z07:00');

/** A time by a layout, paid for. */
export function dateText(time: GoTime, layout: string, context: RenderContext): string {
  context.charge(time.zone.cost + (layout.length >> 1));
  return formatTime(time, layout);
}

printsAs<GoTime>(TIME, timeText);
writtenAs<GoTime>(TIME, timeSource);

const int64 = (value: bigint): GoInteger => new GoInteger(INT64, value);

define('String', [], timeText);
define('GoString', [], timeSource);
TIME_METHODS.set('Format', {
  params: [STRING],
  call: (time, [layout], context) => dateText(time as GoTime, layout as string, context), // a method of TIME
});
define('Unix', [], ({ seconds }) => int64(BigInt(seconds)));
define('UnixMilli', [], ({ total }) => int64(floorDiv(total, 1_000_000n)));
define('UnixMicro', [], ({ total }) => int64(floorDiv(total, 1_000n)));
define('UnixNano', [], ({ total }) => int64(BigInt.asIntN(64, total)));
define('UTC', [], (time) => time.in(UTC));
define('Local', [], (time) => time.in(localZone()));
define('In', [LOCATION_POINTER], (time, location: GoPointer) => time.in(zoneOf(location)));
define('Location', [], (time) => new GoPointer(LOCATION_POINTER, new Location(time.zone)));
define('Add', [DURATION], (time, span: GoInteger) => GoTime.ofNanos(time.total + span.value, time.zone));
define('AddDate', [INT, INT, INT], addDate as never);
define('Sub', [TIME], (time, other: GoTime) => durationValue(time.total - other.total));
define('Before', [TIME], (time, other: GoTime) => time.total < other.total);
define('After', [TIME], (time, other: GoTime) => time.total > other.total);
define('Equal', [TIME], (time, other: GoTime) => time.total === other.total);
define('Compare', [TIME], (time, other: GoTime) => (time.total < other.total ? -1 : time.total > other.total ? 1 : 0));
define('IsZero', [], (time) => time.isZero);
define('IsDST', [], ({ seconds, zone }) => isSummerAt(seconds, (each) => zone.at(each).seconds));
define('Year', [], ({ civil }) => civil.year);
define('Month', [], ({ civil }) => new GoInteger(MONTH, BigInt(civil.month)));
define('Day', [], ({ civil }) => civil.day);
define('Hour', [], ({ civil }) => civil.hour);
define('Minute', [], ({ civil }) => civil.minute);
define('Second', [], ({ civil }) => civil.second);
define('Nanosecond', [], ({ nanos }) => nanos);
define('Weekday', [], ({ civil }) => new GoInteger(WEEKDAY, BigInt(civil.weekday)));
define('YearDay', [], ({ civil }) => civil.yearDay);
define('Truncate', [DURATION], (time, unit: GoInteger) => rounded(time, unit.value, false));
define('Round', [DURATION], (time, unit: GoInteger) => rounded(time, unit.value, true));
refuse('Zone', 'invalid function signature for Zone: second return value should be error; is int');
refuse('ISOWeek', 'invalid function signature for ISOWeek: second return value should be error; is int');
refuse('ZoneBounds', 'invalid function signature for ZoneBounds: second return value should be error; is time.Time');
refuse('Clock', 'function Clock has 3 return values; should be 1 or 2');
refuse('Date', 'function Date has 3 return values; should be 1 or 2');

/** `time.Date(2026, time.January, 2, 3, 4, 5, 678000000, time.UTC)` */
function timeSource(time: GoTime): string {
  const { year, month, day, hour, minute, second } = time.civil;
  const zone =
    time.zone.name === 'UTC' || time.zone.name === 'Local'
      ? `time.${time.zone.name}`
      : `time.Location(${quote(time.zone.name)})`;
  const parts = [year, `time.${MONTHS[month - 1]}`, day, hour, minute, second, time.nanos, zone];
  return `time.Date(${parts.join(', ')})`;
}

function addDate(time: GoTime, years: number, months: number, days: number): Value {
  const { year, month, day, hour, minute, second } = time.civil;
  const [y, m, d] = [years, months, days].map(Number) as [number, number, number];
  if (Math.abs(y) > 1e9 || Math.abs(m) > 1e10 || Math.abs(d) > 1e12) throw new FunctionError('date out of range');
  return GoTime.fromCivil(year + y, month + m, day + d, hour * 3600 + minute * 60 + second, time.nanos, time.zone);
}

function floorDiv(value: bigint, unit: bigint): bigint {
  const quotient = value / unit;
  return value % unit < 0n ? quotient - 1n : quotient;
}

/** To a multiple of the unit since the year 1, half up. */
function rounded(time: GoTime, unit: bigint, half: boolean): GoTime {
  if (unit <= 0n) return time;
  const sinceZero = time.total - BigInt(ZERO_SECONDS) * 1_000_000_000n;
  const rest = ((sinceZero % unit) + unit) % unit;
  return GoTime.ofNanos(time.total - rest + (half && rest + rest >= unit ? unit : 0n), time.zone);
}
