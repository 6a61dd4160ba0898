import { expect } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { PROJECT } from './real-process.js';

/** What a script prints as JSON that runs in a process of its own, in the folder of the project. It may not complain. */
export function answerOf(script: string): unknown {
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: PROJECT,
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}
