import { setFlagsFromString } from 'node:v8';

/**
 * Loading modules makes a lot of objects that stay. The engine takes that for a busy program and grows the space for young
 * objects to its limit, which it seldom gives back: over 20 MB that an idle router has no use for. So that space is not
 * allowed to grow until the start is over; from then on it grows with the load, as always.
 *
 * What was compiled under other settings the engine refuses, so this comes before anything is loaded.
 */
export function startFrugally(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}

export function growWithTheLoad(): void {
  setFlagsFromString('--semi-space-growth-factor=2');
}

/**
 * For what makes objects by the ten thousand before the start is over: bringing back the state. The first time that this space
 * is full it grows to its limit, without the steps between; a state that does not fill it leaves it as it is.
 */
export function growAtOnce(): void {
  setFlagsFromString('--semi-space-growth-factor=16');
}
