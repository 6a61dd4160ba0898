/** Configurations for tools that work without a router. Loaded when a command needs one: the reader of YAML is heavy. */
import { type LoadedConfig, loadConfig } from '../config/index.js';

export { readConfigFile } from '../config/index.js';
import { type Issue, type Result, formatIssue } from '../domain/issue/index.js';
import type { MatcherMode } from '../domain/labels/index.js';
import { type RouteTree, compileRoutes } from '../domain/route/index.js';
import { KINDS } from '../receivers/kinds.js';

export interface LoadOptions {
  readonly mode: MatcherMode;
  /** Its path; relative paths inside start from there. */
  readonly file?: string;
}

export const loadText = (text: string, { mode, file }: LoadOptions): Result<LoadedConfig> =>
  loadConfig(text, { registry: KINDS, mode, ...(file !== undefined && { file }) });

export const routesOf = ({ config }: LoadedConfig): RouteTree => compileRoutes(config.route);

export const formatIssues = (issues: readonly Issue[]): string => issues.map(formatIssue).join('\n');
