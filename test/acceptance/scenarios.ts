import type { Scenario } from './dsl/scenario.js';
import muting from './muting.scenario.js';
import reload from './reload.scenario.js';
import restart from './restart.scenario.js';
import status from './status.scenario.js';
import timing from './timing.scenario.js';

/** All that the product has to show, for whoever plays it. */
export const SCENARIOS: readonly Scenario[] = [...timing, ...muting, ...status, ...reload, ...restart];
