import type { Moment } from '../../domain/time/index.js';
import { readMoment } from './moment-reader.js';

/**
 * Reads one of the times of reports and remembers what it read last: the alerts of one evaluation end at one time, so that most
 * are neither made a string of nor parsed, and one moment stands for all of them.
 */
export class TimeReader {
  #text = '';
  #moment: Moment | undefined;

  /** undefined when it is no time. */
  readAt(body: Buffer, start: number, end: number): Moment | undefined {
    return this.#isAt(body, start, end) ? this.#moment : this.#read(body.toString('latin1', start, end));
  }

  /** Whether these are the bytes of the last one, one for each character. */
  #isAt(body: Buffer, start: number, end: number): boolean {
    const text = this.#text;
    if (text.length !== end - start) return false;
    for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) !== body[start + i]) return false;
    return true;
  }

  #read(text: string): Moment | undefined {
    const moment = readMoment(text);
    this.#text = text;
    return (this.#moment = typeof moment === 'string' ? undefined : moment);
  }
}
