import { WireError, WireMessage, WireReader } from './protobuf.js';

/** What a snapshot file gave, and what was wrong with it. */
export interface Snapshot<T> {
  readonly entries: readonly T[];
  readonly problems: readonly string[];
}

/** Most that is said about one file: a file of garbage has a fault at each byte. */
const MOST_PROBLEMS = 20;

/**
 * Reads message after message, each preceded by its length. One that cannot be read is left out; where the file ends too
 * early all that came before is kept.
 */
export function readSnapshot<T>(bytes: Buffer, readEntry: (message: WireMessage) => T): Snapshot<T> {
  const reader = new WireReader(bytes);
  const entries: T[] = [];
  const problems: string[] = [];
  const report = (at: number, error: unknown): void => {
    if (!(error instanceof WireError)) throw error;
    if (problems.length < MOST_PROBLEMS)
      problems.push(`record ${entries.length + problems.length + 1} at byte ${at}: ${error.message}`);
  };
  while (!reader.isAtEnd) {
    const at = reader.position;
    let message: Buffer;
    try {
      message = reader.chunk();
    } catch (error) {
      report(at, error);
      break;
    }
    try {
      entries.push(readEntry(new WireMessage(message)));
    } catch (error) {
      report(at, error);
    }
  }
  return { entries, problems };
}
