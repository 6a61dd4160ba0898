/** `--watch`: shows an answer again and again until Ctrl-C. A router that is away for a while ends nothing. */
import { type Duration, duration } from '../domain/time/index.js';
import { type FlagValues, span, toggle } from '../platform/command-line/index.js';
import type { Clock } from '../platform/clock.js';
import type { ToolContext } from './tool-context.js';
import { ToolError } from './tool-error.js';

export const WATCH_FLAGS = {
  watch: toggle('watch', { help: 'Show the answer again and again until interrupted.' }),
  watchInterval: span('watch.interval', '5s', { help: 'Time between two answers.' }),
} as const;

const CLEAR_SCREEN = '\u001b[H\u001b[2J\u001b[3J';

/** On a terminal each answer takes the place of the one before; elsewhere only answers that differ are printed. */
export async function showAnswer(
  { watch, watchInterval }: FlagValues<typeof WATCH_FLAGS>,
  { io }: Pick<ToolContext, 'io'>,
  ask: () => Promise<string>,
): Promise<void> {
  let shown = await ask();
  if (!watch) return io.out(shown);
  if (watchInterval < 100) throw new ToolError('--watch.interval must be at least 100ms');
  const clear = io.outIsTerminal ? CLEAR_SCREEN : '';
  io.out(`${clear}${shown}`);
  const interrupted = io.interruption();
  for (;;) {
    await pause(io.clock, duration(watchInterval), interrupted);
    if (interrupted.aborted) return;
    const answer = await orComplaint(ask);
    if (answer === shown && !io.outIsTerminal) continue;
    shown = answer;
    io.out(`${clear}${answer}`);
  }
}

async function orComplaint(ask: () => Promise<string>): Promise<string> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof ToolError) return `${error.message}\n`;
    throw error;
  }
}

const pause = (clock: Clock, delay: Duration, interrupted: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const end = (): void => {
      timer.cancel();
      interrupted.removeEventListener('abort', end);
      resolve();
    };
    const timer = clock.after(delay, end);
    interrupted.addEventListener('abort', end, { once: true });
    if (interrupted.aborted) end();
  });
