import { PerformanceObserver } from 'node:perf_hooks';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/**
 * How large the engine's space for young objects may become. It grows by a factor whenever much of what is in it survives,
 * and is seldom given back.
 *
 * Loading modules makes a lot of objects that stay, which the engine takes for a busy program: over 20 MB that an idle router
 * has no use for. So that space does not grow until the start is over. Afterwards it may reach 4 MiB for each of its two
 * halves, a quarter of the engine's own limit. Most of what a router makes either dies within a request or stays for hours, and
 * what stays is copied within a larger space for longer, in longer pauses, before it is moved out of it.
 *
 * What was compiled under other settings the engine refuses, so the first of these is changed before anything is loaded.
 */
const MOST_BYTES = 2 * 4 * 1024 * 1024;
const FACTOR = 4;

export function startFrugally(): void {
  setGrowth(1);
}

/** The engine has a limit of its own for the whole life of a process only, so the growth is stopped and allowed here. */
export function growWithTheLoad(): void {
  new PerformanceObserver(limitGrowth).observe({ entryTypes: ['gc'] });
  limitGrowth();
}

/** For what makes objects by the ten thousand before the start is over: bringing back the state. */
export function growAtOnce(): void {
  setGrowth(FACTOR);
}

function limitGrowth(): void {
  const size = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space')?.space_size ?? 0;
  setGrowth(size < MOST_BYTES ? FACTOR : 1);
}

let growth = 0;

function setGrowth(factor: number): void {
  if (factor === growth) return;
  growth = factor;
  setFlagsFromString(`--semi-space-growth-factor=${factor}`);
}
