/** The thread of trial.ts. */
import { parentPort, workerData } from 'node:worker_threads';
import { readConfiguration } from './configuration.js';
import type { TrialInput, TrialOutput } from './trial.js';

// What the one who started the thread gave it.
const read = readConfiguration(workerData as TrialInput);
const issues: TrialOutput = read.ok ? [] : read.issues;
parentPort?.postMessage(issues);
