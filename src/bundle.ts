import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';
import { readLargeFile } from './platform/large-file.js';

/**
 * The program as a few scripts, and what the engine compiled of them at build time: five hundred files need not be found,
 * read and compiled at each start, and a tool loads none that only the server needs (docs/decisions/0007-start.md).
 *
 * The engine itself refuses a cache that another version of it has made; then the script is compiled as any other.
 */
export interface Bundle {
  /** What was loaded of it so far, by the names of the files. */
  readonly scripts: ReadonlyMap<string, Script>;
  run(): void;
}

export const BUNDLE_FILE = 'tocsin.cjs';

export const cacheFile = (scriptFile: string): string => scriptFile.replace(/\.cjs$/, '.cache');

interface Module {
  exports: unknown;
}

export function openBundle(folder: URL): Bundle | undefined {
  const directory = fileURLToPath(folder);
  const scripts = new Map<string, Script>();
  const modules = new Map<string, Module>();
  const requireOther = createRequire(join(directory, BUNDLE_FILE));

  const load = (file: string, source: string): unknown => {
    const filename = join(directory, file);
    const script = compile(filename, source);
    const module: Module = { exports: {} };
    scripts.set(file, script);
    modules.set(file, module); // before it runs: it may be asked for by what it asks for
    const wrapped = script.runInThisContext() as (...args: readonly unknown[]) => void;
    wrapped.call(module.exports, module.exports, require, module, filename, directory);
    return module.exports;
  };
  /** What a script asks for beside the others is where it is for every other file of this folder. */
  const require = (id: string): unknown => {
    if (!id.startsWith('./')) return requireOther(id) as unknown;
    const file = id.slice(2);
    const known = modules.get(file);
    return known ? known.exports : load(file, readScript(join(directory, file)));
  };

  const first = readIfThere(join(directory, BUNDLE_FILE));
  if (!first) return undefined;
  return { scripts, run: () => void load(BUNDLE_FILE, first.toString('latin1')) };
}

function compile(filename: string, source: string): Script {
  const cachedData = readIfThere(cacheFile(filename));
  return new Script(source, { filename, ...(cachedData ? { cachedData } : {}) });
}

/** The build left nothing in it but ASCII, so that it takes one byte a character, and made one function of it, as Node does of every script. */
const readScript = (filename: string): string => readLargeFile(filename).toString('latin1');

function readIfThere(path: string): Buffer | undefined {
  try {
    return readLargeFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
