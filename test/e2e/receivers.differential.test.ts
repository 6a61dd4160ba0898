/**
 * Every kind of receiver in many settings on a real Alertmanager and on ours: each request, mail, failure and count must be
 * the same. `TOCSIN_PEER=/path/to/alertmanager` names the program to compare with, a 0.34; without it this is left out.
 * `TOCSIN_ONLY=slack` plays those whose name contains the word.
 */
import { beforeAll, describe, expect, it } from '@jest/globals';
import { playVariants } from '../compat/receivers/play.js';
import type { Observation } from '../compat/receivers/observe.js';
import { VARIANTS } from '../compat/receivers/variants/index.js';
import { OURS } from '../support/real-process.js';

const peer = process.env['TOCSIN_PEER'];
const only = process.env['TOCSIN_ONLY'] ?? '';
const chosen = VARIANTS.filter(({ id }) => id.includes(only));

const table = (peer === undefined ? chosen.slice(0, 1) : chosen).map((variant) => [variant.id, variant] as const);

(peer === undefined ? describe.skip : describe)('receivers beside a real Alertmanager', () => {
  let ours: ReadonlyMap<string, Observation>;
  let theirs: ReadonlyMap<string, Observation>;

  beforeAll(async () => {
    // Both begin together once both are up, so that the same alerts have the same times.
    const begin = new Promise<Date>((resolve) => setTimeout(() => resolve(new Date()), 8_000));
    [ours, theirs] = (await Promise.all(
      [OURS, [peer ?? '']].map((command) => playVariants(command, chosen, begin)),
    )) as [typeof ours, typeof theirs];
  }, 60_000);

  it.each(table)('%s', (id, { differs }) => {
    if (differs === undefined) expect(ours.get(id)).toEqual(theirs.get(id));
    else expect(ours.get(id)).not.toEqual(theirs.get(id));
  });
});
