import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { type LoadedConfig, type ParsedYaml, loadConfig, parseYaml, readConfigFile } from './config/index.js';
import { type Issue, type Result, failed, ok } from './domain/issue/index.js';
import { type Ruleset, compileRuleset } from './domain/ruleset/index.js';
import { type TemplateFile, type TemplateSet, compileTemplates } from './domain/template/index.js';
import { systemClock } from './platform/clock.js';
import { describeFileError } from './platform/file-error.js';
import type { Platform } from './platform/platform.js';
import { readText } from './platform/read-text.js';
import { RECEIVERS } from './receivers/registry.js';

/** One configuration, ready to run: what the file says and all that was compiled from it. */
export interface Configuration {
  readonly loaded: LoadedConfig;
  readonly ruleset: Ruleset;
}

/** Where it is read from, and how. */
export interface ConfigurationSource {
  readonly options: Pick<Platform['options'], 'configFile'>;
  readonly features: Platform['features'];
}

/** The file as plain data, of which one thread can read it for another. */
export interface ParsedFile {
  readonly text: string;
  readonly parsed: ParsedYaml;
}

/** Reads, checks and compiles the file. Everything that can be wrong with it is told here, before anything changes. */
export function readConfiguration(source: ConfigurationSource): Result<Configuration> {
  const file = parseFile(source);
  if (!file.ok) return file;
  const loaded = loadFile(file.value, source);
  return loaded.ok ? compileConfiguration(loaded.value) : loaded;
}

/** The first of three steps, each of which holds up everything else for as long as it takes. */
export function parseFile({ options }: ConfigurationSource): Result<ParsedFile> {
  const text = readConfigFile(options.configFile);
  if (!text.ok) return text;
  const parsed = parseYaml(text.value, options.configFile);
  return parsed.ok ? ok({ text: text.value, parsed: parsed.value }) : parsed;
}

/** The second. */
export const loadFile = (
  { text, parsed }: ParsedFile,
  { options, features }: ConfigurationSource,
): Result<LoadedConfig> =>
  loadConfig(text, { registry: RECEIVERS, mode: features.matcherMode, file: options.configFile, parsed });

/** The third. */
export function compileConfiguration(loaded: LoadedConfig): Result<Configuration> {
  const templates = readTemplates(loaded.config.templateFiles);
  return templates.ok ? ok({ loaded, ruleset: compileRuleset(loaded.config, templates.value) }) : templates;
}

/** All template files together; what comes with Alertmanager has thirty thousand. */
const MOST_TEMPLATE_BYTES = 2 * 1024 * 1024;

function readTemplates(paths: readonly string[]): Result<TemplateSet> {
  const files: TemplateFile[] = [];
  const issues: Issue[] = [];
  let left = MOST_TEMPLATE_BYTES;
  for (const path of paths)
    try {
      const text = readTemplate(path, left);
      left -= Buffer.byteLength(text);
      files.push({ name: basename(path), text });
    } catch (error) {
      issues.push(templateIssue('unreadable-file', describeFileError(error, path)));
    }
  if (issues.length > 0) return failed(...issues);
  const compiled = compileTemplates(files, () => systemClock.elapsed());
  return compiled.ok
    ? compiled
    : failed(...compiled.issues.map(({ message }) => templateIssue('invalid-template', message)));
}

/** Patterns find pipes and devices too, and opening a pipe may never end. */
function readTemplate(path: string, mostBytes: number): string {
  const found = statSync(path);
  if (!found.isFile() && !found.isDirectory()) throw Object.assign(new Error(path), { code: 'not a regular file' });
  return readText(path, mostBytes);
}

const templateIssue = (code: Issue['code'], message: string): Issue => ({
  code,
  path: 'templates',
  message: `failed to parse templates: ${message}`,
});
