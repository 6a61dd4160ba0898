import { type Moment, parseMoment } from '../../domain/time/index.js';

/** The moment, or the decoder's words for why it is none. */
export function readMoment(text: string): Moment | string {
  const parsed = parseMoment(text);
  return parsed.ok ? parsed.value : (parsed.issues[0]?.message ?? '');
}
