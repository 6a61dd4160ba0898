import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Script, constants } from 'node:vm';

/**
 * The whole program as one script, and what the engine compiled of it at build time: five hundred files need not be found,
 * read and compiled at each start (docs/decisions/0007-start.md).
 *
 * The engine itself refuses a cache that another version of it has made; then the script is compiled as any other.
 */
export interface Bundle {
  readonly script: Script;
  run(): void;
}

export const BUNDLE_FILE = 'tocsin.cjs';
export const CACHE_FILE = 'tocsin.cache';

export function bundleScript(folder: URL): Bundle | undefined {
  const directory = fileURLToPath(folder);
  const filename = join(directory, BUNDLE_FILE);
  // The build left nothing in it but ASCII, so that it takes one byte a character, and made one function of it, as Node
  // does of every script.
  const source = readIfThere(filename)?.toString('latin1');
  if (source === undefined) return undefined;
  const cachedData = readIfThere(join(directory, CACHE_FILE));
  const script = new Script(source, {
    filename,
    ...(cachedData ? { cachedData } : {}),
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  const run = (): void => {
    const module = { exports: {} };
    // What it asks for beside Node's own modules is where it is for every other file of this folder.
    const wrapped = script.runInThisContext() as (...args: readonly unknown[]) => void;
    wrapped.call(module.exports, module.exports, createRequire(filename), module, filename, directory);
  };
  return { script, run };
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
