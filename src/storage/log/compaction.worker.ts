/** The thread of compaction.ts. */
import { workerData } from 'node:worker_threads';
import type { CompactionInput } from './compaction.js';
import { compactLog } from './write-snapshot.js';

// What the one who started the thread gave it.
const { directory, upTo } = workerData as CompactionInput;
compactLog(directory, upTo);
