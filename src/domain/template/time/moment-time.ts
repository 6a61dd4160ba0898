/** A posted time as templates see it: in the zone it was posted with, to the nanosecond. */
import type { Moment } from '../../time/index.js';
import { secondsOf } from './civil.js';
import { GoTime } from './go-time.js';
import { UTC, type Zone, fixedZone, localZone } from './zone.js';

const RFC3339 = /^(-?\d{4,})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9})\d*)?(Z|[+-]\d\d:\d\d)$/;

/** Reads the text and not the instant: a double does not hold nanoseconds. */
export function timeOfMoment(moment: Moment): GoTime {
  if (moment.isZero) return GoTime.ZERO;
  const match = RFC3339.exec(moment.text);
  if (!match) return GoTime.ofMillis(moment.at, UTC);
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const zone = match[8] as string;
  const offset = zone === 'Z' ? 0 : offsetOf(zone);
  const seconds = secondsOf(year, month, day) + hour * 3600 + minute * 60 + second - offset;
  const nanos = Number((match[7] ?? '').padEnd(9, '0'));
  return new GoTime(seconds, nanos, zone === 'Z' ? UTC : zoneAt(offset, seconds), moment.text);
}

function offsetOf(text: string): number {
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(4, 6));
  return (text.startsWith('-') ? -minutes : minutes) * 60;
}

/** An offset that is the machine's own is taken for the machine's zone, as Go does. */
function zoneAt(offset: number, seconds: number): Zone {
  const local = localZone();
  return local.at(seconds).seconds === offset ? local : fixedZone('', offset);
}
