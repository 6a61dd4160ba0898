/**
 * What a process and all its children use, read from /proc (Linux). CPU time comes in ticks of 10 ms: sections that take
 * less than half a second of CPU are only roughly right.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';

const TICKS_PER_SECOND = 100;
const KB_PER_MB = 1_024;

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function childrenOf(pid) {
  let tasks = [];
  try {
    tasks = readdirSync(`/proc/${pid}/task`);
  } catch {
    // It ended meanwhile.
  }
  return tasks.flatMap((task) => read(`/proc/${pid}/task/${task}/children`).split(' ').filter(Boolean));
}

function treeOf(pid) {
  return [pid, ...childrenOf(pid).flatMap(treeOf)];
}

/** CPU seconds, children included, also those that have ended and were waited for. */
export function cpuSeconds(pid) {
  let ticks = 0;
  for (const member of treeOf(pid)) {
    const stat = read(`/proc/${member}/stat`);
    // The name in brackets may hold anything, so count from behind it: utime, stime, cutime, cstime are 14 to 17.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    for (const field of fields.slice(11, 15)) ticks += Number(field) || 0;
  }
  return ticks / TICKS_PER_SECOND;
}

function statusMb(pid, field) {
  let kb = 0;
  for (const member of treeOf(pid))
    kb += Number(new RegExp(`${field}:\\s+(\\d+)`).exec(read(`/proc/${member}/status`))?.[1] ?? 0);
  return kb / KB_PER_MB;
}

export const rssMb = (pid) => statusMb(pid, 'VmRSS');
/** The part that no file backs: without the mapped pages of a data file, which the kernel can drop at any time. */
export const anonymousMb = (pid) => statusMb(pid, 'RssAnon');
export const peakRssMb = (pid) => statusMb(pid, 'VmHWM');

/** Forgets the highest RSS so far. */
export function resetPeakRss(pid) {
  for (const member of treeOf(pid)) {
    try {
      writeFileSync(`/proc/${member}/clear_refs`, '5');
    } catch {
      // Not ours to reset: the figure then covers the whole life of the process.
    }
  }
}
