import type { LoadedConfig } from '../../config/index.js';
import { command, readExistingFile } from '../../platform/command-line/index.js';
import type { ToolContext } from '../tool-context.js';
import { ToolError } from '../tool-error.js';

const HELP = `Check configuration files and the templates that they name.

All problems are told, each with file, line and column. Without a file the
configuration is read from standard input. Templates that do not exist are no
problem.
`;

const STANDARD_INPUT = '/dev/stdin';

export const checkConfig = command({
  name: 'check-config',
  help: HELP,
  positional: { name: 'check-files', help: 'Files to check.', repeated: true, read: readExistingFile },
  async run(_values, files, context: ToolContext) {
    const checks = files.length > 0 ? files.map((file) => ({ file })) : [await readStandardInput(context)];
    let failures = 0;
    for (const check of checks) failures += await checkFile(check, context);
    if (failures > 0) throw new ToolError(`failed to validate ${failures} file(s)`);
  },
});

interface Check {
  readonly file: string;
  /** Read from the file where it is not given. */
  readonly text?: string;
}

async function readStandardInput({ io }: ToolContext): Promise<Check> {
  const text = await io.readInput();
  if (text === undefined) throw new ToolError('Failed to read from standard input');
  return { file: STANDARD_INPUT, text };
}

/** Answers how many parts of it are wrong. */
async function checkFile({ file, text }: Check, { io, mode }: ToolContext): Promise<number> {
  const { formatIssues, loadText, readConfigFile } = await import('../load.js');
  io.out(`Checking '${file}'`);
  const read = text === undefined ? readConfigFile(file) : { ok: true as const, value: text };
  const loaded = read.ok ? loadText(read.value, { mode, file }) : read;
  if (!loaded.ok) {
    io.out(`  FAILED: ${formatIssues(loaded.issues)}\n\n`);
    return 1;
  }
  io.out(`  SUCCESS\n${describe(loaded.value)}`);
  for (const warning of loaded.value.warnings) io.err(`Warning: ${warning}\n`);
  const named = loaded.value.templatePatterns.length;
  const problem = named === 0 ? undefined : await checkTemplates(loaded.value.config.templateFiles);
  if (named > 0) io.out(problem === undefined ? '  SUCCESS\n' : `  FAILED: ${problem}\n`);
  io.out('\n');
  return problem === undefined ? 0 : 1;
}

const describe = (loaded: LoadedConfig): string =>
  [
    'Found:',
    ' - global config',
    ' - route',
    ` - ${loaded.config.inhibitRules.length} inhibit rules`,
    ` - ${loaded.config.receivers.length} receivers`,
    ` - ${loaded.templatePatterns.length} templates`,
    '',
  ].join('\n');

async function checkTemplates(paths: readonly string[]): Promise<string | undefined> {
  const { compileTemplateFiles } = await import('../template-files.js');
  const compiled = compileTemplateFiles(paths);
  return compiled.ok ? undefined : compiled.issues.map(({ message }) => message).join('\n');
}
