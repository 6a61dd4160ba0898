/**
 * Random templates, rendered by a running Alertmanager and by ours for the same notifications (firing, mixed, resolved): what
 * arrives, and what a failure says, must be the same. `TOCSIN_PEER=/path/to/alertmanager` names a 0.34; without it this is
 * left out. `TOCSIN_TEMPLATES=30000 TOCSIN_SEED=7` for a longer run with other templates.
 */
import { describe, expect, it } from '@jest/globals';
import type { Observation } from '../compat/receivers/observe.js';
import { playVariants } from '../compat/receivers/play.js';
import { type Variant, variantsOf } from '../compat/receivers/variant.js';
import { OURS } from '../support/real-process.js';

interface Generated {
  readonly engine: 'text' | 'html';
  readonly text: string;
}

const peer = process.env['TOCSIN_PEER'];
const count = Number(process.env['TOCSIN_TEMPLATES'] ?? 3_000);
const seed = Number(process.env['TOCSIN_SEED'] ?? 1);
/** As many receivers as one configuration has. */
const BATCH = 500;
const batches = Array.from({ length: Math.ceil(count / BATCH) }, (_, index) => seed + index);

/** Two integrations that send what they rendered, uncut and unchanged, and nothing when it fails. */
const variantOf = ({ engine, text }: Generated, index: number): readonly Variant[] =>
  engine === 'text'
    ? variantsOf('msteamsv2', { [`t${index}`]: `webhook_url: FAKE/w\ntitle: x\ntext: ${JSON.stringify(text)}` })
    : variantsOf('telegram', {
        [`t${index}`]: `api_url: FAKE\nbot_token: 1:x\nchat_id: 5\nmessage: ${JSON.stringify(text)}`,
      });

/**
 * Where a pointer lies in memory differs from run to run. A byte that is no character is the replacement character on both
 * sides, but Go's JSON spells it out. HTML of white space alone is any white space there (docs/compat.md).
 */
const masked = (observation: Observation | undefined): string =>
  JSON.stringify([observation?.requests, observation?.failure])
    .replaceAll(/0x[0-9a-f]{8,16}/gi, '0xADDRESS')
    .replaceAll(String.raw`\\ufffd`, '\ufffd')
    .replaceAll(/\\"text\\":\\"(?:\\\\[nrt]|\s)*\\"/g, 'BLANK')
    .replaceAll(/content-length: \d+/g, '');

async function draw(from: number): Promise<readonly Variant[]> {
  const path = '../compat/template/generator.mjs';
  const { templates } = (await import(path)) as { templates(seed: number, count: number): Iterable<Generated> };
  // An empty text is not rendered at all, and a control character is no YAML.
  const usable = [...templates(from, BATCH)].filter(({ text }) => text !== '' && !/[\u0080-\u009f\ufeff]/.test(text));
  return usable.flatMap(variantOf);
}

async function differencesOf(variants: readonly Variant[]) {
  const begin = new Promise<Date>((resolve) => setTimeout(() => resolve(new Date()), 8_000));
  const [ours, theirs] = await Promise.all(
    [OURS, [peer ?? '']].map((command) => playVariants(command, variants, begin)),
  );
  const pairs = variants.map((variant) => ({ variant, ours: ours?.get(variant.id), theirs: theirs?.get(variant.id) }));
  const answered = pairs.filter(({ theirs }) => theirs && (theirs.requests.length > 0 || theirs.failure !== ''));
  expect(answered).toHaveLength(pairs.length);
  return pairs.filter((pair) => masked(pair.ours) !== masked(pair.theirs));
}

(peer === undefined ? describe.skip : describe)('templates beside a running Alertmanager', () => {
  it.each(batches)(
    'seed %d',
    async (from) => {
      const variants = await draw(from);
      const first = await differencesOf(variants);
      // On a machine that falters an alert resolves between two flushes here and after both there: once more, alone.
      const second = first.length > 0 ? await differencesOf(first.map(({ variant }) => variant)) : [];
      expect(second.map(({ variant: { settings }, ours, theirs }) => ({ settings, ours, theirs }))).toEqual([]);
    },
    120_000,
  );
});
