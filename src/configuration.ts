import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { type LoadedConfig, loadConfig, readConfigFile } from './config/index.js';
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

/** Reads, checks and compiles the file. Everything that can be wrong with it is told here, before anything changes. */
export function readConfiguration({
  options,
  features,
}: {
  readonly options: Pick<Platform['options'], 'configFile'>;
  readonly features: Platform['features'];
}): Result<Configuration> {
  const text = readConfigFile(options.configFile);
  if (!text.ok) return text;
  const loaded = loadConfig(text.value, { registry: RECEIVERS, mode: features.matcherMode, file: options.configFile });
  if (!loaded.ok) return loaded;
  const templates = readTemplates(loaded.value.config.templateFiles);
  if (!templates.ok) return templates;
  return ok({ loaded: loaded.value, ruleset: compileRuleset(loaded.value.config, templates.value) });
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
