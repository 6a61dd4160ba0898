import { describe, expect, it } from '@jest/globals';
import { playOverHttp } from './http-runner.js';
import { SCENARIOS } from './scenarios.js';
import { openVirtualStage } from './virtual-stage.js';

describe('on the whole app', () => {
  for (const scenario of SCENARIOS.filter(({ traits }) => !traits.includes('http')))
    it(scenario.name, async () => {
      const stage = await openVirtualStage(scenario);
      try {
        expect(await playOverHttp(scenario, stage)).toEqual([]);
      } finally {
        await stage.close();
      }
    });
});
