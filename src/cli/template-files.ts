import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { globFiles } from '../config/glob.js';
import { type Result, failed, formatIssue, ok } from '../domain/issue/index.js';
import { type TemplateFile, type TemplateSet, compileTemplates } from '../domain/template/index.js';
import { describeFileError } from '../platform/file-error.js';
import { ToolError } from './tool-error.js';

export { TemplateError, givenTemplateData } from '../domain/template/index.js';

/** All files of all patterns; a pattern that matches nothing is no problem. */
export function loadTemplates(patterns: readonly string[]): TemplateSet {
  const paths = patterns.flatMap((pattern) => {
    const found = globFiles(pattern);
    if (!found.ok) throw new ToolError(found.issues.map(formatIssue).join('\n'));
    return found.value;
  });
  const compiled = compileTemplateFiles(paths);
  if (!compiled.ok) throw new ToolError(compiled.issues.map(({ message }) => message).join('\n'));
  return compiled.value;
}

export function compileTemplateFiles(paths: readonly string[]): Result<TemplateSet> {
  const files: TemplateFile[] = [];
  for (const path of paths)
    try {
      files.push({ name: basename(path), text: readFileSync(path, 'utf8') });
    } catch (error) {
      return failed({ code: 'unreadable-file', path: '', message: describeFileError(error, path) });
    }
  const compiled = compileTemplates(files);
  return compiled.ok ? ok(compiled.value) : compiled;
}
