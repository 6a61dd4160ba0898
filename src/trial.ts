/**
 * Reads a large configuration in a thread of its own, which tries all of it and hands over what YAML's parser made of it: a file
 * that is refused, or that nobody can read in the time and memory given, then holds up nothing, and a good one only for the rest.
 * Small ones are not worth the thread.
 */
import { statSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { type ConfigurationSource, type ParsedFile, parseFile } from './configuration.js';
import { type Result, failed } from './domain/issue/index.js';
import { duration } from './domain/time/index.js';
import { keepSettings } from './platform/runtime-settings.js';
import { errorText } from './platform/log.js';
import type { Platform } from './platform/platform.js';

/** Smaller files are read in a fraction of a second, whatever is in them. */
const LARGE_BYTES = 64 * 1024;
/** The router will be held up for as long, if all is well with the file. */
const MOST_TIME = duration(10_000);
const MOST_MEMORY_MB = 1_024;

export async function parseApart({ options, features, clock }: Platform): Promise<Result<ParsedFile>> {
  const workerData: ConfigurationSource = { options: { configFile: options.configFile }, features };
  if (!isLarge(options.configFile)) return parseFile(workerData);
  const worker = new Worker(new URL('./trial.worker.js', import.meta.url), {
    workerData,
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY_MB },
  });
  keepSettings(worker);
  const file = await new Promise<Result<ParsedFile>>((resolve) => {
    const timer = clock.after(MOST_TIME, () => resolve(refused(`not read within ${MOST_TIME / 1_000} s`)));
    const finish = (found: Result<ParsedFile>): void => {
      timer.cancel();
      resolve(found);
    };
    worker.once('message', finish);
    worker.once('error', (error) => finish(refused(errorText(error))));
    worker.once('exit', () => finish(refused('reading it ended early')));
  });
  await worker.terminate();
  return file;
}

function isLarge(path: string): boolean {
  try {
    return statSync(path).size > LARGE_BYTES;
  } catch {
    // Why is told by who reads it.
    return false;
  }
}

const refused = (why: string): Result<never> =>
  failed({ code: 'unreadable-file', path: '', message: `the configuration is too large: ${why}` });
