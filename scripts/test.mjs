/**
 * `npm test`: everything, from a fresh clone. Installs what the tests need, runs the quick checks, then all tests.
 * Where the real programs cannot be installed their tests are left out with a line that names them; in CI that fails.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { build, fail, install, refuseOldNode, root, run, say } from './prepare.mjs';

refuseOldNode();
install();

const programs = spawnSync('sh', [join(root, 'scripts', 'install-test-programs.sh')], { stdio: 'inherit' });
if (programs.status !== 0) {
  if (process.env.CI === 'true') fail('the real programs are needed in CI');
  say('the tests that need them are left out');
}

build();
for (const check of ['types', 'lint', 'format', 'arch']) run('npm', ['run', '-s', `check:${check}`]);

const jest = (...args) => run(process.execPath, [join(root, 'scripts', 'jest.mjs'), ...args, ...process.argv.slice(2)]);
jest('--selectProjects', 'unit', 'contract', 'accept', 'compat', 'sim');
// Real programs in real time: one file after the other, so that they do not make one another late.
jest('--selectProjects', 'e2e', '--runInBand');
