import { readFileSync } from 'node:fs';

/**
 * How many files and sockets this process may have open at once; Node asks for the most that it can get when it starts. Infinite
 * where the system does not tell.
 */
export function openFilesLimit(): number {
  try {
    return readLimit(readFileSync('/proc/self/limits', 'latin1'));
  } catch {
    return Infinity;
  }
}

/** From the table of a process's limits: name, soft limit, hard limit, unit. */
export function readLimit(table: string): number {
  const [, soft] = /^Max open files +(\d+) /m.exec(table) ?? [];
  return soft === undefined ? Infinity : Number(soft);
}
