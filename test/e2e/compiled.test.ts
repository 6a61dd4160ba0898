/**
 * What the build compiled is worth two hundred milliseconds of each start, and the engine refuses it in silence when its settings
 * are not those under which it was made.
 */
import { expect, it } from '@jest/globals';
import { answerOf } from '../support/own-process.js';

const LOOK = `
  const { readdirSync, readFileSync } = await import('node:fs');
  const { Script } = await import('node:vm');
  const { startFrugally } = await import('./dist/platform/runtime-settings.js');
  startFrugally();
  const folder = 'dist/bundle/';
  const files = readdirSync(folder).filter((file) => file.endsWith('.cache'));
  const isRefused = (file) => {
    const source = readFileSync(folder + file.replace('.cache', '.cjs'), 'latin1');
    return new Script(source, { cachedData: readFileSync(folder + file) }).cachedDataRejected;
  };
  console.log(JSON.stringify({ count: files.length, refused: files.filter(isRefused) }));
`;

it('is taken by the engine', () => {
  const { count, refused } = answerOf(LOOK) as { readonly count: number; readonly refused: readonly string[] };
  expect(count).toBeGreaterThan(3);
  expect(refused).toEqual([]);
});
