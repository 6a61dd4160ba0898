/** What config/prometheus gives Prometheus to read: whether it accepts it, and whether the alerts say what they should. */
import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

import { PROJECT, havePrograms } from '../support/real-process.js';

(havePrograms('promtool') ? describe : describe.skip)('promtool', () => {
  it.each([
    ['takes the configuration', ['check', 'config', 'prometheus.yml']],
    ['takes the rules of the sample', ['check', 'rules', 'rules.yml']],
    ['takes the rules that watch the router', ['check', 'rules', 'tocsin.rules.yml']],
    ['finds that they fire when they should', ['test', 'rules', 'tests/tocsin.test.yml']],
  ])('%s', (_what, args) => {
    const { status, stdout, stderr } = spawnSync('promtool', args, {
      cwd: join(PROJECT, 'config', 'prometheus'),
      encoding: 'utf8',
    });
    expect({ status, said: status === 0 ? '' : stdout + stderr }).toEqual({ status: 0, said: '' });
  });
});
