/** Runs jest with the one Node flag that its ESM support needs, so that no script has to spell it out. */
import { spawn } from 'node:child_process';

const child = spawn(
  process.execPath,
  ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js', ...process.argv.slice(2)],
  { stdio: 'inherit' },
);
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
