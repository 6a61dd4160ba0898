import { Worker } from 'node:worker_threads';
import { keepSettings } from '../../platform/runtime-settings.js';

/** What the thread is told. */
export interface CompactionInput {
  readonly directory: string;
  readonly upTo: number;
}

/** In a thread of its own, which reads and writes as much as there is and then is gone with all its memory. */
export function compactInThread(directory: string, upTo: number): Promise<void> {
  const workerData: CompactionInput = { directory, upTo };
  const worker = new Worker(new URL('./compaction.worker.js', import.meta.url), { workerData });
  keepSettings(worker);
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`the thread ended with ${code}`))));
  });
}
