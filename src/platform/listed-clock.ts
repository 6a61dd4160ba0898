import { type Clock, LONGEST_WAIT, systemClock } from './clock.js';

/** The list of the process's timers: @nestjs/schedule keeps one. */
export interface TimerList {
  doesExist(type: 'timeout', name: string): boolean;
  addTimeout(name: string, timeout: NodeJS.Timeout): void;
  /** Clears it, too. */
  deleteTimeout(name: string): void;
}

/** A clock whose timers stand in the list: the first under the name itself, others that wait at the same time numbered. */
export function listedClock(timers: TimerList, name: string, clock: Clock = systemClock): Clock {
  const freeName = (): string => {
    let free = name;
    for (let n = 2; timers.doesExist('timeout', free); n++) free = `${name}-${n}`;
    return free;
  };
  return {
    now: clock.now,
    elapsed: clock.elapsed,
    after(delay, call) {
      // In the very next turn: there is nothing to list.
      if (delay <= 0) return clock.after(delay, call);
      const own = freeName();
      const timeout = setTimeout(
        () => {
          cancel();
          call();
        },
        Math.min(delay, LONGEST_WAIT),
      );
      // Once it was called or cancelled the name belongs to others.
      let isListed = true;
      const cancel = (): void => {
        clearTimeout(timeout);
        // The list is emptied when the modules stop, which is before the engine does.
        if (isListed && timers.doesExist('timeout', own)) timers.deleteTimeout(own);
        isListed = false;
      };
      timers.addTimeout(own, timeout);
      return { cancel };
    },
  };
}
