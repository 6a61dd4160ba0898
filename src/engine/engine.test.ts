import { describe, expect, it } from '@jest/globals';

import { aConfig, aRuleset, aSilence, anAlert, seconds, secondsAfter } from '../../test/support/builders.js';
import { startBench } from '../../test/support/engine-bench.js';
import { EPOCH } from '../../test/support/virtual-clock.js';

const at = (s: number) => secondsAfter(EPOCH, s);

describe('engine', () => {
  it('groups, flushes, delivers, logs and resolves', async () => {
    const { engine, clock, collector } = await startBench({ ruleset: aRuleset(aConfig()) });
    const down = (words = {}) => anAlert({ alertname: 'Down' }, clock.now(), words);
    await engine.post([down()]);
    await clock.advanceTo(at(10));
    await engine.post([down({ startsAt: EPOCH, endsAt: at(9) })]);
    await clock.advanceTo(at(20));
    expect(collector.received.map(({ at, send }) => [(at - EPOCH) / 1000, send.notification.reason])).toEqual([
      [1, 'first notification'],
      [11, 'all alerts resolved'],
    ]);
    expect(engine.groups()).toEqual([]);
    expect(seconds(1)).toBe(1000);
    expect(aSilence('{a="b"}', at(0), at(1)).createdBy).toBe('tester');
  });
});
