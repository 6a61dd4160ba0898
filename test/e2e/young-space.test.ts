/**
 * The engine has no limit for the space of young objects that a program could set, so its growth is held back while it runs
 * (src/platform/runtime-settings.ts). Here that is played in a process of its own, threads included, as they undo the setting.
 */
import { expect, it } from '@jest/globals';
import { answerOf } from '../support/own-process.js';

const PLAY = `
  const { once } = await import('node:events');
  const { setImmediate: nextTurn } = await import('node:timers/promises');
  const { getHeapSpaceStatistics } = await import('node:v8');
  const { Worker } = await import('node:worker_threads');
  const settings = await import('./dist/platform/runtime-settings.js');

  const youngBytes = () => getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space').space_size;
  let most = 0;
  // Much of it survives for a while, which is what makes the space grow.
  async function work(turns) {
    const kept = [];
    for (let turn = 0; turn < turns; turn++) {
      for (let n = 0; n < 2_000; n++) kept[(turn * 2_000 + n) % 100_000] = { turn, n, text: String(n) + turn };
      await nextTurn();
      most = Math.max(most, youngBytes());
    }
  }
  settings.startFrugally();
  await work(200);
  const atStart = most;
  settings.growWithTheLoad();
  await work(400);
  const worker = new Worker('', { eval: true });
  settings.keepSettings(worker);
  await once(worker, 'exit');
  await work(400);
  console.log(JSON.stringify({ atStart, most }));
`;
const MIB = 1024 * 1024;
/** A thread that begins just then lets it take one step of two beyond the 8 MiB. From Node 24 on the steps are others. */
const [MOST_AT_START, MOST] =
  Number.parseInt(process.versions.node, 10) < 24 ? [2 * MIB, 16 * MIB] : [16 * MIB, 24 * MIB];

it('does not take the 32 MiB that the engine would, whatever threads begin', () => {
  const { atStart, most } = answerOf(PLAY) as { readonly atStart: number; readonly most: number };
  expect(atStart).toBeLessThanOrEqual(MOST_AT_START);
  // Large enough to work in, and not larger.
  expect(most).toBeGreaterThan(4 * MIB);
  expect(most).toBeLessThanOrEqual(MOST);
});
