import { setImmediate as nextTurn } from 'node:timers/promises';
import { duration } from '../domain/time/index.js';
import { BATCH, GROUP_WAIT, RehearsalStage, type StageOptions } from './rehearsal-stage.js';

export interface RehearsalOptions extends StageOptions {
  /** Asked at each step: whether nobody needs the time for something real. */
  readonly mayGoOn: () => boolean;
}

export interface Rehearsal {
  readonly posts: number;
  readonly notifications: number;
}

const BATCHES = 40;
/** Of those that are posted once more, every second one with other words. */
const REPEATED = 8;
/** Of alerts that are told, each by itself. */
const TOLD_BATCHES = 8;
/** Who is not done by then has no time for it: a machine that is busy, a container with a fraction of a processor. */
const LONGEST_MS = 2_000;
const MOST_TURNS = 2_000;

/**
 * Plays what a router does most, with parts of its own in a world that is not there, so that the engine's compiler has met the
 * code when the first alerts come. It has to see a function some hundred times before it makes fast code of it, which makes the
 * first thousands of alerts several times as dear as the later ones; and routers are started while something fires.
 */
export async function rehearse(options: RehearsalOptions): Promise<Rehearsal> {
  const { elapsed } = options.platform.clock;
  const until = elapsed() + LONGEST_MS;
  const mayGoOn = (): boolean => elapsed() < until && options.mayGoOn();
  const stage = new RehearsalStage(options);
  await stage.begin();
  const steps = play(stage);
  while (mayGoOn() && steps.next().done !== true) await nextTurn();
  return { posts: stage.answered, notifications: stage.notifications };
}

/** Step by step; between two of them the event loop has its turn. */
function* play(stage: RehearsalStage): IterableIterator<void> {
  for (let batch = 0; batch < BATCHES; batch++) yield stage.post(batch, 'kept');
  for (let batch = 0; batch < REPEATED; batch++) yield stage.post(batch, 'kept', batch % 2);
  for (let batch = 0; batch < TOLD_BATCHES; batch++) yield stage.post(BATCHES + batch, 'told');
  stage.clock.putForward(duration(2 * GROUP_WAIT));
  for (let turn = 0; turn < MOST_TURNS && stage.notifications < TOLD_BATCHES * BATCH; turn++) yield stage.clock.fire();
}
