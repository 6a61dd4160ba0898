/**
 * The scenarios in real time: what we expect of Alertmanager is proven on Debian's real one, and what only a real process
 * can show is played on ours. `TOCSIN_PEER=/path/to/alertmanager` proves them on another version, newer facts included.
 * They mostly wait, so that many run side by side.
 */
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Scenario, Trait } from '../acceptance/dsl/scenario.js';
import { playOverHttp } from '../acceptance/http-runner.js';
import { openRealStage } from '../acceptance/real-stage.js';
import { SCENARIOS } from '../acceptance/scenarios.js';
import { DEBIANS, OURS, havePrograms } from '../support/real-process.js';

const peer = process.env['TOCSIN_PEER'];
const SIDE_BY_SIDE = 12;
const FEWER = 4;
/** Flags of ours, which no Alertmanager has. */
const OUR_FLAGS = ['compat', 'storage.alerts'];

const isAny = (scenario: Scenario, ...traits: readonly Trait[]): boolean =>
  traits.some((trait) => scenario.traits.includes(trait));

async function play(command: readonly string[], scenario: Scenario): Promise<string[]> {
  const stage = await openRealStage(command, scenario);
  try {
    return await playOverHttp(scenario, stage);
  } finally {
    await stage.close();
  }
}

/** What is wrong, by name. What failed beside many others is played again with fewer: a busy machine is late, not wrong. */
async function playAll(command: readonly string[], scenarios: readonly Scenario[]): Promise<Map<string, string[]>> {
  const outcomes = await playSideBySide(command, scenarios, SIDE_BY_SIDE);
  const again = scenarios.filter(({ name }) => (outcomes.get(name) ?? []).length > 0);
  return new Map([...outcomes, ...(await playSideBySide(command, again, FEWER))]);
}

async function playSideBySide(
  command: readonly string[],
  scenarios: readonly Scenario[],
  count: number,
): Promise<Map<string, string[]>> {
  const left = [...scenarios];
  const outcomes = new Map<string, string[]>();
  const work = async (): Promise<void> => {
    for (let scenario = left.shift(); scenario; scenario = left.shift())
      outcomes.set(
        scenario.name,
        await play(command, scenario).catch((error: unknown) => [
          error instanceof Error ? error.message : String(error),
        ]),
      );
  };
  await Promise.all(Array.from({ length: count }, work));
  return outcomes;
}

function suite(name: string, command: readonly string[], scenarios: readonly Scenario[]): void {
  describe(name, () => {
    let outcomes: Map<string, string[]>;

    beforeAll(async () => {
      outcomes = await playAll(command, scenarios);
    }, 300_000);

    it.each(scenarios.map((scenario) => scenario.name))('%s', (scenario) => {
      expect(outcomes.get(scenario)).toEqual([]);
    });
  });
}

/** What the original does is asked of it without the flag that makes ours do it. */
const withoutOurFlags = (scenario: Scenario): Scenario => ({
  ...scenario,
  until: scenario.until,
  flags: Object.fromEntries(Object.entries(scenario.flags).filter(([flag]) => !OUR_FLAGS.includes(flag))),
});

const unknown: readonly Trait[] = peer === undefined ? ['exact', 'ours', 'since-0.34'] : ['exact', 'ours'];
if (peer !== undefined || havePrograms('prometheus-alertmanager'))
  suite(
    'on a real Alertmanager',
    peer === undefined ? DEBIANS : [peer],
    SCENARIOS.filter((scenario) => !isAny(scenario, ...unknown)).map(withoutOurFlags),
  );

suite(
  'on ours as a process',
  OURS,
  SCENARIOS.filter((scenario) => isAny(scenario, 'http')),
);
