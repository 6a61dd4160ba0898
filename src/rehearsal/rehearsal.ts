import { setImmediate as nextTurn } from 'node:timers/promises';
import { oneWay, otherWay } from './imagined.js';
import { RehearsalStage, type StageOptions } from './rehearsal-stage.js';

export interface RehearsalOptions extends StageOptions {
  /** Asked at each step: whether nobody needs the time for something real. */
  readonly mayGoOn: () => boolean;
}

export interface Rehearsal {
  readonly posts: number;
  readonly notifications: number;
  /**
   * Something of everything that was made. As long as it is there, so are the shapes of these objects, for which the compiler's
   * code was made: without one object of a shape the collector takes the shape away, and then the code.
   */
  readonly specimen: object;
}

const ROUNDS = 8;
/** In each round; of the first of them more is heard than once. */
const NEW_BATCHES = 5;
/** In each round, at least. Of a function that is called once for each the compiler makes fast code after some three thousand. */
const NOTIFICATIONS = 384;
/** In each round. */
const SILENCES = 256;
/** Who is not done by then has no time for it: a machine that is busy, a container with a fraction of a processor. */
const LONGEST_MS = 2_000;
const MOST_TURNS = 2_000;
/** Until what waits for a disk that does not answer stands still. */
const LAST_TURNS = 16;

/**
 * Plays what a router does most, with parts of its own in a world that is not there, so that the engine's compiler has met the
 * code when the first alerts come. It has to see a function some hundred times before it makes fast code of it, which makes the
 * first thousands of alerts several times as dear as the later ones; and routers are started while something fires.
 *
 * There are two stages: code that has met one only would hold for that one.
 */
export async function rehearse(options: RehearsalOptions): Promise<Rehearsal> {
  const { elapsed } = options.platform.clock;
  const until = elapsed() + LONGEST_MS;
  const mayGoOn = (): boolean => elapsed() < until && options.mayGoOn();
  const [small, large] = [new RehearsalStage(options, oneWay), new RehearsalStage(options, otherWay)];
  await small.begin();
  await large.begin();
  await playOn(play(small, large), mayGoOn);
  // Whatever has ended it: what is under way would go on beside what is real, and be there when the rest is collected.
  for (const stage of [small, large]) stage.fallSilent();
  await playOn(leaveMidway(small), mayGoOn);
  return {
    posts: small.answered + large.answered,
    notifications: small.notifications + large.notifications,
    specimen: small,
  };
}

/** Step by step; between two of them the event loop has its turn. */
async function playOn(steps: Iterator<void>, mayGoOn: () => boolean): Promise<void> {
  while (mayGoOn() && steps.next().done !== true) await nextTurn();
}

function* play(small: RehearsalStage, large: RehearsalStage): IterableIterator<void> {
  yield* playRound(small, 0);
  for (let round = 0; round < ROUNDS; round++) {
    yield* playRound(large, round);
    for (let batch = 1; batch < NEW_BATCHES; batch++) yield large.post(round * NEW_BATCHES + batch, 'kept');
  }
}

/** A bit of everything: what the compiler meets only when it is done with a function makes it throw that away. */
function* playRound(stage: RehearsalStage, round: number): IterableIterator<void> {
  const batch = round * NEW_BATCHES;
  yield stage.post(batch, 'kept');
  yield stage.post(batch, 'kept');
  yield stage.post(batch, 'kept', 'other words');
  yield stage.post(round, 'told');
  const due = stage.notifications + NOTIFICATIONS;
  for (let turn = 0; turn < MOST_TURNS && stage.notifications < due; turn++) yield stage.timers.fire();
  for (let n = 0; n < SILENCES; n++) yield stage.postSilence(round * SILENCES + n);
  yield stage.list();
}

/**
 * Of a stage that has fallen silent: a specimen of what is never there but for a moment, a POST that waits for the disk and
 * notifications that wait for an answer.
 */
function* leaveMidway(stage: RehearsalStage): IterableIterator<void> {
  for (let turn = 0; turn < MOST_TURNS && stage.unanswered === 0; turn++) yield stage.timers.fire();
  stage.stick();
  yield stage.post(0, 'kept', 'last words');
  for (let turn = 0; turn < LAST_TURNS; turn++) yield stage.timers.fire();
  yield stage.list();
}
