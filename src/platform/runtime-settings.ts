import { PerformanceObserver } from 'node:perf_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { getHeapSpaceStatistics, getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Worker } from 'node:worker_threads';

/**
 * How much room the engine may take for objects, and how much its compiler does at a time. Its own settings suit programs that
 * are always busy; a router is idle most of the time.
 *
 * - The space for young objects grows by a factor whenever much of what is in it survives, and is seldom given back. Loading
 *   modules makes a lot of objects that stay, so it does not grow until the start is over. Afterwards it may reach 4 MiB for
 *   each of its two halves, a quarter of the engine's own limit: most of what a router makes either dies within a request or
 *   stays for hours, and what stays is copied to and fro in it for longer, and in longer pauses, the larger it is.
 * - The space for old objects may double before it is cleared, and grow by 48 MiB before it is for the first time: it is small
 *   then, and would be cleared in the middle of what comes when a router was started. Left alone it may grow fourfold.
 * - A function takes in a third of what the compiler would like it to. Most of ours call one another in long lines, each of which
 *   would be compiled over again into all that are above it; calls are cheap, and a burst that meets a cold router has to share
 *   the processor with the compiler.
 *
 * What was compiled under other settings the engine refuses, so what holds for the start is set before anything is loaded.
 */
const MOST_YOUNG_BYTES = 2 * 4 * 1024 * 1024;
const YOUNG_FACTOR = 4;
const OLD_PERCENT = 100;
const FIRST_OLD_BYTES = 48 * 1024 * 1024;
const MOST_INLINED_BYTES = 350;
/** As the engine likes it. */
const ANY_PERCENT = 0;

/** Also puts back what was set later on: who keeps what was compiled does so under the settings of the start. */
export function startFrugally(): void {
  setFlagsFromString(`--max-inlined-bytecode-size-cumulative=${MOST_INLINED_BYTES}`);
  setOldGrowth(ANY_PERCENT);
  useYoungFactor(() => 1);
}

/** The engine has a limit of its own for the whole life of a process only, so growth is allowed as far as there is room. */
export function growWithTheLoad(): void {
  setOldGrowth(OLD_PERCENT);
  useYoungFactor(() => youngFactorAt(youngBytes()));
  new PerformanceObserver(() => setYoungFactor()).observe({ entryTypes: ['gc'] });
}

/** For what makes objects by the ten thousand before the start is over: bringing back the state. */
export function growAtOnce(): void {
  useYoungFactor(() => YOUNG_FACTOR);
}

/**
 * Gives back at once what was needed only once. The engine would do it when it needs the room, which may be in hours. How far
 * the space may grow from there is settled at that moment: where little is left it is done once more, for other settings, in a
 * turn of its own.
 */
export async function collectNow(): Promise<void> {
  collect();
  await nextTurn();
  const percent = firstPercentAt(getHeapStatistics().used_heap_size);
  if (percent === OLD_PERCENT) return;
  setOldGrowth(percent);
  collect();
  setOldGrowth(OLD_PERCENT);
}

function collect(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  setFlagsFromString('--no-expose-gc');
}

export const firstPercentAt = (bytes: number): number =>
  Math.max(OLD_PERCENT, Math.floor((FIRST_OLD_BYTES / Math.max(1, bytes)) * 100));

/**
 * With each new thread the engine raises a factor below two again, for the whole process. What is collected before the thread
 * is heard of may let the space double once.
 */
export function keepSettings(worker: Worker): void {
  worker.once('online', () => setYoungFactor());
}

/** The engine makes the space smaller as well, to any size: from each it may grow as far as the limit in one step. */
export const youngFactorAt = (bytes: number): number =>
  Math.min(YOUNG_FACTOR, Math.max(1, Math.floor(MOST_YOUNG_BYTES / Math.max(1, bytes))));

const youngBytes = (): number =>
  getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space')?.space_size ?? 0;

/** What the factor is to be by now; nobody has asked for one yet. */
let youngFactor: (() => number) | undefined;

function useYoungFactor(factor: () => number): void {
  youngFactor = factor;
  setYoungFactor();
}

function setYoungFactor(): void {
  if (youngFactor !== undefined) setFlagsFromString(`--semi-space-growth-factor=${youngFactor()}`);
}

function setOldGrowth(percent: number): void {
  setFlagsFromString(`--heap-growing-percent=${percent}`);
}
