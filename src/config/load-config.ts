/**
 * YAML text → configuration: read, checked, global values filled in, printed back.
 *
 * Keeps: never throws, whatever the text; all problems are told at once, the one that Alertmanager would name first.
 * Reads no file but the names of templates (`glob`); secrets in files are read by who uses them.
 */
import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import { type Issue, type Result, failed, ok } from '../domain/issue/index.js';
import type { MatcherMode } from '../domain/labels/index.js';
import { assemble } from './assemble.js';
import { describeFileError } from '../platform/file-error.js';
import { readText } from '../platform/read-text.js';
import { globFiles } from './glob.js';
import { joinPaths } from './join-paths.js';
import type { LoadedConfig } from './loaded-config.js';
import { type Registry, rootSchema } from './root.js';
import { Decoder, DecodingStopped, REFUSED, nested } from './schema/index.js';
import { MAX_LENGTH, type ParsedYaml, parseYaml } from './yaml/parse.js';

export interface LoadOptions {
  /** All kinds of integrations. */
  readonly registry: Registry;
  /** How matchers and label names are read; `--enable-feature` says so. */
  readonly mode?: MatcherMode;
  /** Path of the file: for messages, and as the place that relative paths start from. Without it they stay as written. */
  readonly file?: string;
  /** Finds files by pattern; the file system unless a test says otherwise. */
  readonly glob?: (pattern: string) => Result<readonly string[]>;
  /** What the text says, where somebody has read it already. */
  readonly parsed?: ParsedYaml | undefined;
}

export function loadConfig(text: string, options: LoadOptions): Result<LoadedConfig> {
  const { file, registry, mode = 'fallback' } = options;
  const parsed = options.parsed ? ok(options.parsed) : parseYaml(text, file);
  if (!parsed.ok) return parsed;
  const decoder = new Decoder({ mode });
  try {
    const schema = rootSchema(mode, registry);
    const { root } = parsed.value;
    const read = root ? nested(schema).decode(root, '', decoder) : undefined;
    if (read === undefined) return failed(noRoute(file));
    if (read === REFUSED) return failed(...decoder.issues);
    const base = file === undefined ? undefined : dirname(file);
    const loaded = assemble(read, {
      schema,
      decoder,
      registry,
      joinPath: base === undefined ? (path) => path : (path) => joinPaths(base, path),
      glob: options.glob ?? globFiles,
    });
    return loaded ? ok({ ...loaded, hash: hashOf(text), warnings: decoder.warnings }) : failed(...decoder.issues);
  } catch (error) {
    if (error instanceof DecodingStopped) return failed(error.issue, ...decoder.issues);
    throw error;
  }
}

/** The parser takes no more. */
const MOST_BYTES = 4 * MAX_LENGTH;

/** Reads the file for `loadConfig`; what cannot be read is an issue too. */
export function readConfigFile(path: string): Result<string> {
  try {
    return ok(readText(path, MOST_BYTES));
  } catch (error) {
    return failed({ code: 'unreadable-file', path: '', message: describeFileError(error, path) });
  }
}

/** The first six bytes of the MD5 of the text, the least significant one first. */
const hashOf = (text: string): number => createHash('md5').update(text).digest().readUIntLE(0, 6);

const noRoute = (file: string | undefined): Issue => ({
  code: 'missing-value',
  path: 'route',
  message: 'no route provided in config',
  hint: 'add route with a receiver',
  position: { ...(file === undefined ? {} : { file }), line: 1, column: 1 },
});
