/** `time_intervals` and the deprecated `mute_time_intervals`: one shape, one namespace. */
import type { Result } from '../../domain/issue/index.js';
import {
  type Range,
  type TimeInterval,
  type TimeRange,
  formatDaysOfMonth,
  formatMonths,
  formatTimeRange,
  formatWeekdays,
  formatYears,
  parseDaysOfMonth,
  parseLocation,
  parseMonths,
  parseTimeRange,
  parseWeekdays,
  parseYears,
} from '../../domain/timeinterval/index.js';
import {
  type Field,
  type Infer,
  type ObjectSchema,
  REFUSED,
  embedded,
  list,
  object,
  optionalList,
  refuse,
  scalar,
  text,
} from '../schema/index.js';

const yamlTimeRange = object('timeinterval.yamlTimeRange', {
  start_time: text({ default: '', alwaysPrinted: true, help: 'HH:MM, inclusive.' }),
  end_time: text({ default: '', alwaysPrinted: true, help: 'HH:MM, exclusive; 24:00 for the end of the day.' }),
});
const yamlTimes = embedded(yamlTimeRange);

/** What Alertmanager makes of a null entry: a range that holds no minute. */
const NO_TIME: TimeRange = { startMinute: 0, endMinute: 0 };

const timeRange: Field<TimeRange> = {
  kind: 'object',
  initial: NO_TIME,
  zero: NO_TIME,
  of: yamlTimeRange,
  decode(node, path, decoder) {
    const before = decoder.collectedCount;
    const read = yamlTimes.decode(node, path, decoder);
    // A null entry, or one that was reported already.
    if (read === REFUSED || decoder.collectedCount > before) return REFUSED;
    if (read === yamlTimeRange.zero) return NO_TIME;
    const parsed = parseTimeRange(read.startTime, read.endTime);
    return parsed.ok
      ? parsed.value
      : refuse(node, path, decoder, withHint(parsed, 'for example 09:00 and 17:00; split ranges at midnight'));
  },
  encode(value) {
    const { start, end } = formatTimeRange(value);
    return yamlTimeRange.encode({ startTime: start, endTime: end });
  },
};

/** Null is the zero of a range: Sunday, or a day, month or year that never comes. */
const NO_RANGE: Range = { begin: 0, end: 0 };

const range = (parse: (text: string) => Result<Range>, format: (range: Range) => string, hint: string): Field<Range> =>
  scalar<Range>(
    {
      kind: 'text',
      initial: NO_RANGE,
      zero: NO_RANGE,
      goType: 'string',
      read(node, path, decoder) {
        const parsed = parse(decoder.textOf(node, path));
        return parsed.ok ? parsed.value : refuse(node, path, decoder, withHint(parsed, hint));
      },
      print: format,
    },
    { help: hint },
  );

const location = scalar<string | undefined>(
  {
    kind: 'text',
    initial: undefined,
    zero: undefined,
    goType: 'string',
    read(node, path, decoder) {
      const parsed = parseLocation(decoder.textOf(node, path));
      return parsed.ok
        ? parsed.value
        : refuse(node, path, decoder, withHint(parsed, 'an IANA name such as Europe/Berlin, or UTC'));
    },
    // Go calls the zone of no name UTC.
    print: (value) => (value === '' ? 'UTC' : value),
  },
  { flow: true, help: 'Time zone, UTC when unset.' },
);

function withHint<T>(result: Result<T>, hint: string): Result<T> {
  return result.ok ? result : { ok: false, issues: result.issues.map((issue) => ({ ...issue, hint })) };
}

const flow = { flow: true } as const;
const specSchema = object('timeinterval.TimeInterval', {
  times: optionalList(timeRange, { goType: '[]timeinterval.TimeRange', help: 'Times of the day.' }),
  weekdays: optionalList(range(parseWeekdays, formatWeekdays, "a day or 'monday:friday'; ranges do not wrap"), {
    ...flow,
    goType: '[]timeinterval.WeekdayRange',
    help: 'Days of the week.',
  }),
  days_of_month: optionalList(
    range(parseDaysOfMonth, formatDaysOfMonth, "a day or '1:15'; negative days count from the end"),
    {
      ...flow,
      goType: '[]timeinterval.DayOfMonthRange',
      help: 'Days of the month.',
    },
  ),
  months: optionalList(range(parseMonths, formatMonths, "a month or 'january:march', names or numbers"), {
    ...flow,
    goType: '[]timeinterval.MonthRange',
    help: 'Months.',
  }),
  years: optionalList(range(parseYears, formatYears, "a year or '2026:2028'"), {
    ...flow,
    goType: '[]timeinterval.YearRange',
    help: 'Years.',
  }),
  location,
});

const intervalFields = {
  name: text({ default: '', required: true, alwaysPrinted: true, help: 'Name that routes refer to.' }),
  time_intervals: list(embedded(specSchema, { alwaysPrinted: true }), {
    goType: '[]timeinterval.TimeInterval',
    alwaysPrinted: true,
    help: 'The interval holds when any of these does.',
  }),
};
export type NamedInterval = Infer<typeof intervalFields>;

const intervalSchema = (what: string): ObjectSchema<NamedInterval> =>
  object('config.plain', intervalFields, {
    check(interval, report) {
      if (interval.name === '') report('missing-value', undefined, `missing name in ${what}`, 'add name');
    },
  });

export const timeIntervals = list(embedded(intervalSchema('time interval'), { alwaysPrinted: true }), {
  goType: '[]config.TimeInterval',
  help: 'Named intervals.',
});
export const muteTimeIntervals = list(embedded(intervalSchema('mute time interval'), { alwaysPrinted: true }), {
  goType: '[]config.MuteTimeInterval',
  deprecated: 'time_intervals',
  help: 'Named intervals.',
});

export const toTimeIntervals = ({ timeIntervals: specs }: NamedInterval): readonly TimeInterval[] =>
  specs.map(({ times, weekdays, daysOfMonth, months, years, location }) => ({
    ...(times && { times }),
    ...(weekdays && { weekdays }),
    ...(daysOfMonth && { daysOfMonth }),
    ...(months && { months }),
    ...(years && { years }),
    ...(location !== undefined && { location }),
  }));
