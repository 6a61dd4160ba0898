import { availableParallelism } from 'node:os';

/**
 * One project for each kind of test, so that each has a command of its own (package.json) and `npm test` runs them all.
 * `unit` sits next to the code; everything that crosses folders lives in test/.
 */
const base = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.ts$': ['@swc/jest', {}] },
};

const project = (displayName, ...testMatch) => ({ ...base, displayName, testMatch });

export default {
  // A process keeps the modules of every file that it has run: one that has grown too large is replaced. On two processors
  // there would be no such processes by default.
  maxWorkers: Math.max(2, availableParallelism() - 1),
  workerIdleMemoryLimit: '1GB',
  // No test waits for its clock; this is patience with a machine that has other things to do.
  testTimeout: 30_000,
  reporters: ['default', '<rootDir>/scripts/jest-totals.mjs'],
  projects: [
    project('unit', '<rootDir>/src/**/*.test.ts', '<rootDir>/test/architecture/**/*.test.ts'),
    project('contract', '<rootDir>/test/contract/**/*.test.ts'),
    project('accept', '<rootDir>/test/acceptance/**/*.test.ts'),
    project('compat', '<rootDir>/test/compat/**/*.test.ts'),
    project('sim', '<rootDir>/test/sim/**/*.test.ts'),
    project('e2e', '<rootDir>/test/e2e/**/*.test.ts'),
  ],
};
