import type { Matcher } from '../matcher/index.js';
import { type Duration, type Instant, plus } from '../time/index.js';
import type { Silence } from './silence.js';

/**
 * How many bytes Alertmanager's record of a silence has, a protobuf message with the time when it may be forgotten.
 * The limit on the size of a silence counts these, and operators have set it by them.
 *
 * Every field has a one-byte tag; empty texts and zeros are left out, except in maps.
 */
export function silenceSize(silence: Silence, retention: Duration): number {
  return message(contentSize(silence)) + message(timestampSize(plus(silence.endsAt, retention)));
}

function contentSize(silence: Silence): number {
  let size = text(silence.id) + text(silence.createdBy) + text(silence.comment);
  for (const at of [silence.startsAt, silence.endsAt, silence.updatedAt]) size += message(timestampSize(at));
  for (const [name, value] of Object.entries(silence.annotations)) {
    size += message(message(utf8Length(name)) + message(utf8Length(value)));
  }
  for (const matchers of silence.matcherSets) {
    size += message(matchers.reduce((sum, matcher) => sum + message(matcherSize(matcher)), 0));
  }
  return size;
}

/** `=` is the zero of its enumeration. */
const matcherSize = ({ name, operator, value }: Matcher): number =>
  (operator === '=' ? 0 : 2) + text(name) + text(value);

function timestampSize(at: Instant): number {
  const seconds = Math.floor(at / 1_000);
  const nanos = Math.round((at - seconds * 1_000) * 1e6);
  // Negative numbers are written as 64 bits.
  const secondsSize = seconds < 0 ? 10 : varintSize(seconds);
  return (seconds === 0 ? 0 : 1 + secondsSize) + (nanos === 0 ? 0 : 1 + varintSize(nanos));
}

const message = (size: number): number => 1 + varintSize(size) + size;

function text(value: string): number {
  return value === '' ? 0 : message(utf8Length(value));
}

function varintSize(value: number): number {
  let size = 1;
  for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) size++;
  return size;
}

function utf8Length(value: string): number {
  let length = 0;
  for (let i = 0; i < value.length; i++) {
    const unit = value.charCodeAt(i);
    if (unit < 0x80) length += 1;
    else if (unit < 0x800) length += 2;
    // A character beyond the first plane is two units here and four bytes there.
    else if (unit >= 0xd800 && unit <= 0xdfff) length += 2;
    else length += 3;
  }
  return length;
}
