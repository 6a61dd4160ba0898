/**
 * Defaults of flags from amtool's configuration files: a flat mapping from long names to texts. The first file that knows a
 * name wins, and the command line beats them all. A file that is not there is none; one that cannot be read is an error.
 */
import { existsSync, readFileSync } from 'node:fs';
import { formatIssue } from '../domain/issue/index.js';
import type { Defaults } from '../platform/command-line/index.js';
import { describeFileError } from '../platform/file-error.js';
import { ToolError } from './tool-error.js';

/** Names from long ago. */
const RENAMED: ReadonlyMap<string, string> = new Map([['comment_required', 'require-comment']]);

export const defaultFiles = (environment: Readonly<Record<string, string | undefined>>): readonly string[] => [
  `${environment['HOME'] ?? ''}/.config/amtool/config.yml`,
  '/etc/amtool/config.yml',
];

export async function readDefaults(files: readonly string[]): Promise<Defaults> {
  const defaults = new Map<string, string>();
  for (const file of files.filter((path) => existsSync(path))) {
    const written = await readFlatYaml(file);
    for (const [name, value] of written) {
      const renamed = RENAMED.get(name);
      if (renamed !== undefined && written.has(renamed)) continue;
      const key = renamed ?? name;
      if (!defaults.has(key)) defaults.set(key, value);
    }
  }
  return defaults;
}

async function readFlatYaml(file: string): Promise<ReadonlyMap<string, string>> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new ToolError(`could not load config file: ${describeFileError(error, file)}`);
  }
  // Loaded only where there is a file.
  const { parseFlatMap } = await import('./flat-map.js');
  const parsed = parseFlatMap(text, file);
  if (!parsed.ok) throw new ToolError(`could not load config file: ${parsed.issues.map(formatIssue).join('\n')}`);
  return parsed.value;
}
