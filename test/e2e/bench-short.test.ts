/** The short form of every benchmark scenario: nothing lost, nothing told twice, nothing refused. No figure is judged here. */
import { describe, expect, it } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { OURS, PROJECT, startProcess } from '../support/real-process.js';

const SCENARIOS = readdirSync(join(PROJECT, 'bench', 'scenarios'))
  .map((file) => file.replace(/\.mjs$/, ''))
  .sort();

interface Line {
  readonly scenario?: string;
  readonly invalid: readonly string[];
  readonly figures: Record<string, { readonly median: number | null }>;
}

async function playShort(...args: readonly string[]): Promise<readonly Line[]> {
  const bench = startProcess(process.execPath, [join(PROJECT, 'bench', 'run.mjs'), '--short', ...args], PROJECT, {
    TOCSIN_COMMAND: OURS.join(' '),
  });
  await bench.exited;
  const lines = bench
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{'));
  return lines.map((line) => JSON.parse(line) as Line).filter(({ scenario }) => scenario !== undefined);
}

describe('the benchmark, short', () => {
  it('plays every scenario without loss or repetition', async () => {
    const lines = await playShort();
    const faults = lines.flatMap(({ scenario, invalid }) => invalid.map((reason) => `${scenario}: ${reason}`));
    expect(faults).toEqual([]);
    expect(lines.map(({ scenario }) => scenario).sort()).toEqual(SCENARIOS);
    for (const { scenario, figures } of lines)
      expect([scenario, Object.keys(figures).length]).not.toEqual([scenario, 0]);
  }, 240_000);
});
