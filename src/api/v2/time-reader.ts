import type { Moment } from '../../domain/time/index.js';
import { readMoment } from './moment-reader.js';
import type { TextPlace } from './report-marks.js';

/**
 * Reads one of the times of reports and remembers what it read last: the alerts of one evaluation end at one time, so that most
 * are neither made a string of nor parsed, and one moment stands for all of them.
 */
export class TimeReader {
  #text = '';
  #moment: Moment | undefined;

  /** undefined when it is no time. */
  readAt(place: TextPlace, body: Buffer): Moment | undefined {
    if (place.holds(this.#text, body)) return this.#moment;
    return this.read(body.toString('latin1', place.start, place.end));
  }

  read(text: string): Moment | undefined {
    if (text === this.#text) return this.#moment;
    const moment = readMoment(text);
    this.#text = text;
    return (this.#moment = typeof moment === 'string' ? undefined : moment);
  }
}
