import { type Instant, ZERO_INSTANT, instant } from '../../domain/time/index.js';
import { type WireMessage, WireWriter } from './protobuf.js';

/** google.protobuf.Timestamp: seconds since 1970 and nanoseconds. A time that is not there is the zero time. */
export function readTimestamp(message: WireMessage | undefined): Instant {
  if (!message) return ZERO_INSTANT;
  const seconds = Number(BigInt.asIntN(64, message.integer(1) ?? 0n));
  const nanos = Number(BigInt.asIntN(32, message.integer(2) ?? 0n));
  return instant(seconds * 1_000 + nanos / 1e6);
}

export function writeTimestamp(at: Instant): WireWriter {
  const seconds = Math.floor(at / 1_000);
  // An Instant is exact to a quarter of a microsecond; digits beyond that would be noise.
  const micros = Math.min(Math.round((at - seconds * 1_000) * 1_000), 999_999);
  return new WireWriter().integer(1, BigInt(seconds)).integer(2, BigInt(micros * 1_000));
}
