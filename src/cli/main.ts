/**
 * `tocsin <command>`: the tools. They start fast, so each loads what it needs when it needs it, and the server never.
 *
 * Exit codes: 0 done, 1 anything else, with the reason on stderr.
 */
import { readFileSync } from 'node:fs';
import {
  FlagError,
  type ScannedLine,
  evaluateLine,
  formatCommandHelp,
  scanLine,
} from '../platform/command-line/index.js';
import { parseFeatures } from '../platform/features.js';
import { describeFileError } from '../platform/file-error.js';
import { COMPATIBLE_VERSION, VERSION, versionText } from '../platform/version.js';
import type { Alertmanager } from './client/alertmanager.js';
import { isTool, loadTools } from './commands.js';
import { defaultFiles, readDefaults } from './defaults.js';
import { firstWord } from './first-word.js';
import { GLOBAL_FLAGS, type GlobalValues } from './global-flags.js';
import type { ToolContext } from './tool-context.js';
import { ToolError } from './tool-error.js';
import type { ToolIo } from './tool-io.js';

export { type ToolIo, processIo, programName } from './tool-io.js';

/** Answers the exit code. */
export async function runTool(args: readonly string[], io: ToolIo): Promise<number> {
  try {
    await run(args, io);
    return 0;
  } catch (error) {
    if (!(error instanceof ToolError) && !(error instanceof FlagError)) throw error;
    if (error.message !== '') io.err(`${io.program}: error: ${error.message}\n\n`);
    return 1;
  }
}

async function run(args: readonly string[], io: ToolIo): Promise<void> {
  const line = scanLine(await loadTools(io.program, firstWord(args)), args, { readFile: readArguments });
  if (isOn(line, 'version')) return io.out(versionFor(io.program));
  if (isOn(line, 'help') || line.path.length === 1) return io.out(await helpFor(args, io.program));
  const defaults = await readDefaults(defaultFiles(io.environment));
  const isGiven = (name: string): boolean =>
    defaults.has(name) || line.occurrences.some(({ flag }) => flag.name === name);
  for (const name of line.path.flatMap(({ needs }) => needs))
    if (!isGiven(name)) throw new ToolError(`required flag --${name} not provided`);
  const given = evaluateLine(line.path, line.occurrences, line.positional, defaults);
  const context = new Context(given.values(GLOBAL_FLAGS), isGiven('alertmanager.url'), io);
  try {
    await line.path.at(-1)?.run?.(given, context);
  } finally {
    await context.close();
  }
}

async function helpFor(args: readonly string[], program: string): Promise<string> {
  const { path } = scanLine(await loadTools(program), args, { readFile: readArguments, ignoreDefaults: true });
  return formatCommandHelp(path);
}

/** Scripts look for the version that amtool would have. */
const versionFor = (program: string): string =>
  program === 'tocsin' ? versionText() : `${program}, version ${COMPATIBLE_VERSION} (tocsin, version ${VERSION})\n`;

const isOn = ({ occurrences }: ScannedLine<ToolContext>, name: string): boolean =>
  occurrences.some(({ flag, text }) => flag.name === name && text === 'true');

function readArguments(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new FlagError(`failed to open arguments file ${JSON.stringify(path)}: ${describeFileError(error, path)}`);
  }
}

class Context implements ToolContext {
  readonly mode: ToolContext['mode'];
  #router: Promise<Alertmanager> | undefined;

  constructor(
    readonly settings: GlobalValues,
    readonly hasUrl: boolean,
    readonly io: ToolIo,
  ) {
    this.mode = readMode(settings.features);
  }

  router(): Promise<Alertmanager> {
    return (this.#router ??= import('./client/connect.js').then(({ connect }) => connect(this.settings, this.io)));
  }

  readonly allTools = (): ReturnType<typeof loadTools> => loadTools(this.io.program);

  async close(): Promise<void> {
    if (!this.#router) return;
    // What did not come to be has been told already.
    const [opened] = await Promise.allSettled([this.#router]);
    if (opened.status === 'fulfilled') await opened.value.close();
  }
}

function readMode(features: string): ToolContext['mode'] {
  try {
    return parseFeatures(features).matcherMode;
  } catch (error) {
    throw new ToolError(`error parsing the feature flag list: ${(error as Error).message}`); // it throws Errors only
  }
}

/**
 * Whether the arguments of the program are for a tool and not for the server: the first word that is no flag says so, with
 * flags of the tools before it as amtool allows. A program called `amtool` is nothing but tools.
 */
export function isToolLine(args: readonly string[], program: string): boolean {
  if (program !== 'tocsin') return true;
  const word = firstWord(args);
  return word !== undefined && (word === args[0] || isTool(word));
}
