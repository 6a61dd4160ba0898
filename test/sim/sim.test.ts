import { describe, expect, it } from '@jest/globals';

import { type Happening, randomHistory, shorten } from './history.js';
import { play } from './play.js';

/** `npm run test:sim` plays 200 histories; `SEED=7 npm run test:sim` plays one, `SEEDS=5000` more. */
const only = process.env['SEED'];
const first = only === undefined ? 1 : Number(only);
const count = only === undefined ? Number(process.env['SEEDS'] ?? 200) : 1;

describe('promises are kept', () => {
  it(`in ${count} random histories from seed ${first}`, async () => {
    for (let seed = first; seed < first + count; seed++) {
      const history = randomHistory(seed);
      if ((await play(history)).length > 0) expect(await explain(seed, history)).toBe('kept');
    }
  }, 600_000);
});

async function explain(seed: number, history: readonly Happening[]): Promise<string> {
  const shortest = await shorten(history, async (candidate) => (await play(candidate)).length > 0);
  const steps = shortest.map(({ afterMs, deed }) => `+${afterMs} ${JSON.stringify(deed)}`);
  return [`SEED=${seed} breaks:`, ...(await play(shortest)), 'in the history', ...steps].join('\n');
}
