/**
 * Go's time.Time: an instant to the nanosecond together with the zone it is shown in.
 *
 * Seconds since 1970 and nanoseconds stand apart, because a double cannot hold both.
 */
import type { GoMethod, GoType } from '../value/types.js';
import { INT64, UINT64, hidden, structType } from '../value/types.js';
import { GoInteger, GoNilPointer, GoStruct, type Value } from '../value/values.js';
import { type CivilTime, civilOf, secondsOf } from './civil.js';
import { UTC, type Zone } from './zone.js';

export const TIME_METHODS = new Map<string, GoMethod>();
export const TIME: GoType = structType('time.Time', [hidden('wall'), hidden('ext'), hidden('loc')], TIME_METHODS, true);

/** 0001-01-01T00:00:00Z */
export const ZERO_SECONDS = -62_135_596_800;

const NO_LOCATION = new GoNilPointer('*time.Location');

export class GoTime extends GoStruct {
  readonly type = TIME;

  /** `nanos` in 0..999999999. `written`: as RFC 3339, where that is at hand. */
  constructor(
    readonly seconds: number,
    readonly nanos: number,
    readonly zone: Zone,
    readonly written?: string,
  ) {
    super();
  }

  static readonly ZERO = new GoTime(ZERO_SECONDS, 0, UTC, '0001-01-01T00:00:00Z');

  static ofMillis(millis: number, zone: Zone): GoTime {
    const seconds = Math.floor(millis / 1000);
    return new GoTime(seconds, Math.round((millis - seconds * 1000) * 1e6) % 1e9, zone);
  }

  /** From any count of nanoseconds since 1970. */
  static ofNanos(total: bigint, zone: Zone): GoTime {
    let seconds = total / 1_000_000_000n;
    let nanos = total % 1_000_000_000n;
    if (nanos < 0n) {
      nanos += 1_000_000_000n;
      seconds--;
    }
    return new GoTime(Number(seconds), Number(nanos), zone);
  }

  /** Go's own fields, which only a number verb shows: nanoseconds, seconds since the year 1, and nothing for UTC. */
  at(index: number): Value {
    if (index === 0) return new GoInteger(UINT64, BigInt(this.nanos));
    if (index === 1) return new GoInteger(INT64, BigInt(this.seconds) - BigInt(ZERO_SECONDS));
    return NO_LOCATION;
  }

  get isZero(): boolean {
    return this.seconds === ZERO_SECONDS && this.nanos === 0;
  }

  /** Nanoseconds since 1970, without the limits of 64 bits. */
  get total(): bigint {
    return BigInt(this.seconds) * 1_000_000_000n + BigInt(this.nanos);
  }

  in(zone: Zone): GoTime {
    return new GoTime(this.seconds, this.nanos, zone);
  }

  /** Seconds east of Greenwich and the zone's abbreviation at this instant. */
  get offset(): { readonly seconds: number; readonly name: string } {
    return this.zone.at(this.seconds);
  }

  /** The wall clock in its zone. */
  get civil(): CivilTime {
    return civilOf(this.seconds + this.offset.seconds);
  }

  /** The instant at which the wall clock of a zone shows these; out of range is carried over. */
  static fromCivil(year: number, month: number, day: number, secondOfDay: number, nanos: number, zone: Zone): GoTime {
    const wall = secondsOf(year, month, day) + secondOfDay;
    // The offset depends on the instant that is sought: guess with the one of the wall clock, then look again.
    const guess = zone.at(wall).seconds;
    let seconds = wall - guess;
    const found = zone.at(seconds).seconds;
    if (found !== guess) {
      const other = wall - found;
      if (zone.at(other).seconds === found) seconds = other;
    }
    const carry = Math.floor(nanos / 1e9);
    return new GoTime(seconds + carry, nanos - carry * 1e9, zone);
  }
}
