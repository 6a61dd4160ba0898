/** All that a tool has of the outside world; a test hands in its own. */
import { fstatSync } from 'node:fs';
import { userInfo } from 'node:os';
import { basename } from 'node:path';
import { type Clock, systemClock } from '../platform/clock.js';
import { type Ids, systemIds } from '../platform/ids.js';

export interface ToolIo {
  /** The name it was called by: stands in messages. A link named `amtool` is that program to scripts. */
  readonly program: string;
  out(text: string): void;
  err(text: string): void;
  readonly outIsTerminal: boolean;
  readonly errIsTerminal: boolean;
  /** Standard input to its end; undefined where nobody can have put anything into it (a terminal, /dev/null). */
  readInput(): Promise<string | undefined>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly userName: string;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Ctrl-C: ends what would go on for ever. Asking for it is what makes the tool survive the signal. */
  interruption(): AbortSignal;
}

export function processIo(): ToolIo {
  const { stdout, stderr } = process;
  // `… | head` closes early, which is no fault.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
  return {
    program: programName(process.argv[1]),
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    outIsTerminal: stdout.isTTY === true,
    errIsTerminal: stderr.isTTY === true,
    readInput,
    environment: process.env,
    get userName() {
      return currentUser();
    },
    clock: systemClock,
    ids: systemIds,
    interruption() {
      const controller = new AbortController();
      process.once('SIGINT', () => controller.abort());
      return controller.signal;
    },
  };
}

/** Scripts and links may have any name; only one other than our own means something. */
export const programName = (path = ''): string => (basename(path) === 'amtool' ? 'amtool' : 'tocsin');

async function readInput(): Promise<string | undefined> {
  if (fstatSync(0).isCharacterDevice()) return undefined;
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer); // no encoding is set
  return Buffer.concat(chunks).toString('utf8');
}

/** In a container the user may have no name. */
function currentUser(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}
