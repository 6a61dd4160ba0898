/**
 * Reads a large configuration in a thread of its own before the router reads it: a file that is refused, or that nobody can
 * read in the time and memory given, then holds up nothing. Small ones are not worth the thread.
 */
import { statSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { type Issue, type Result, failed, ok } from './domain/issue/index.js';
import { duration } from './domain/time/index.js';
import { keepSettings } from './platform/runtime-settings.js';
import { errorText } from './platform/log.js';
import type { Platform } from './platform/platform.js';

/** Smaller files are read in a fraction of a second, whatever is in them. */
const LARGE_BYTES = 64 * 1024;
/** The router will be held up for as long, if all is well with the file. */
const MOST_TIME = duration(10_000);
const MOST_MEMORY_MB = 1_024;

/** What the thread is told, and what it answers. */
export interface TrialInput {
  readonly options: Pick<Platform['options'], 'configFile'>;
  readonly features: Platform['features'];
}
export type TrialOutput = readonly Issue[];

export async function tryConfiguration({ options, features, clock }: Platform): Promise<Result<void>> {
  if (!isLarge(options.configFile)) return ok(undefined);
  const workerData: TrialInput = { options: { configFile: options.configFile }, features };
  const worker = new Worker(new URL('./trial.worker.js', import.meta.url), {
    workerData,
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY_MB },
  });
  keepSettings(worker);
  const issues = await new Promise<TrialOutput>((resolve) => {
    const timer = clock.after(MOST_TIME, () => resolve([refused(`not read within ${MOST_TIME / 1_000} s`)]));
    const finish = (found: TrialOutput): void => {
      timer.cancel();
      resolve(found);
    };
    worker.once('message', finish);
    worker.once('error', (error) => finish([refused(errorText(error))]));
    worker.once('exit', () => finish([refused('reading it ended early')]));
  });
  await worker.terminate();
  return issues.length === 0 ? ok(undefined) : failed(...issues);
}

function isLarge(path: string): boolean {
  try {
    return statSync(path).size > LARGE_BYTES;
  } catch {
    // Why is told by who reads it.
    return false;
  }
}

const refused = (why: string): Issue => ({
  code: 'unreadable-file',
  path: '',
  message: `the configuration is too large: ${why}`,
});
