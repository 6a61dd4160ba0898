import { describe, expect, it } from '@jest/globals';

import { loadConfig } from '../../src/config/index.js';
import { formatIssue } from '../../src/domain/issue/index.js';
import type { Ruleset } from '../../src/domain/ruleset/index.js';
import { RECEIVERS } from '../../src/receivers/registry.js';
import { aRuleset } from '../support/builders.js';
import { playOnCore } from './core-runner.js';
import { SCENARIOS } from './scenarios.js';

function loadRuleset(text: string): Ruleset {
  const loaded = loadConfig(text, { registry: RECEIVERS });
  if (!loaded.ok) throw new Error(loaded.issues.map(formatIssue).join('\n'));
  return aRuleset(loaded.value.config);
}

describe('on the core', () => {
  for (const scenario of SCENARIOS.filter(({ traits }) => !traits.includes('http')))
    it(scenario.name, async () => {
      expect(await playOnCore(scenario, loadRuleset)).toEqual([]);
    });
});
