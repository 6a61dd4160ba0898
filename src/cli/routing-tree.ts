/** Where a routing tree comes from, and how its nodes are written. */
import { formatMatchers } from '../domain/matcher/index.js';
import type { Route, RouteTree } from '../domain/route/index.js';
import { existingFile } from '../platform/command-line/index.js';
import type { TreeNode } from './format/tree.js';
import type { ToolContext } from './tool-context.js';
import { ToolError } from './tool-error.js';

export const CONFIG_FILE = existingFile('config.file', { help: 'Configuration file to read the tree from.' });

export async function loadRoutes(configFile: string, context: ToolContext): Promise<RouteTree> {
  const { io, mode, hasUrl } = context;
  if (configFile === '' && !hasUrl)
    throw new ToolError('You have to specify one of --config.file or --alertmanager.url flags.');
  if (configFile !== '' && hasUrl) io.err('Warning: --config.file flag overrides the --alertmanager.url.\n');
  const { formatIssues, loadText, readConfigFile, routesOf } = await import('./load.js');
  const text = configFile === '' ? await runningConfig(context) : readConfigFile(configFile);
  const loaded = text.ok ? loadText(text.value, { mode, ...(configFile !== '' && { file: configFile }) }) : text;
  if (!loaded.ok) throw new ToolError(formatIssues(loaded.issues));
  return routesOf(loaded.value);
}

async function runningConfig(context: ToolContext): Promise<{ readonly ok: true; readonly value: string }> {
  const router = await context.router();
  return { ok: true, value: (await router.status()).original };
}

export interface SlugParts {
  readonly showContinue: boolean;
  readonly showReceiver: boolean;
}

export function formatRoute({ matchers, receiver, continue: goesOn }: Route, parts: SlugParts): string {
  const slug = [matchers.length === 0 ? 'default-route' : formatMatchers(matchers)];
  if (goesOn && parts.showContinue) slug.push('continue: true');
  if (parts.showReceiver) slug.push(`receiver: ${receiver}`);
  return slug.join('  ');
}

export const routeNode = (route: Route): TreeNode => ({
  text: formatRoute(route, { showContinue: true, showReceiver: true }),
  children: route.children.map(routeNode),
});
