/** The thread of trial.ts. */
import { parentPort, workerData } from 'node:worker_threads';
import {
  type ConfigurationSource,
  type ParsedFile,
  compileConfiguration,
  loadFile,
  parseFile,
} from './configuration.js';
import type { Result } from './domain/issue/index.js';

/** The file, if the router could run by it. */
function tried(source: ConfigurationSource): Result<ParsedFile> {
  const file = parseFile(source);
  if (!file.ok) return file;
  const loaded = loadFile(file.value, source);
  const next = loaded.ok ? compileConfiguration(loaded.value) : loaded;
  return next.ok ? file : next;
}

// What the one who started the thread gave it.
parentPort?.postMessage(tried(workerData as ConfigurationSource));
