/** All tools: amtool's, under its names, and ours beside them. Each is loaded when it is wanted, so that all start fast. */
import { type Command, command } from '../platform/command-line/index.js';
import { GLOBAL_FLAGS } from './global-flags.js';
import type { ToolContext } from './tool-context.js';

type Tool = Command<ToolContext>;

const TOOLS: ReadonlyMap<string, () => Promise<Tool>> = new Map([
  ['help', async (): Promise<Tool> => (await import('./commands/help.js')).help],
  ['alert', async () => (await import('./commands/alert.js')).alert],
  ['silence', async () => (await import('./commands/silence.js')).silence],
  ['check-config', async () => (await import('./commands/check-config.js')).checkConfig],
  ['cluster', async () => (await import('./commands/cluster.js')).cluster],
  ['config', async () => (await import('./commands/config.js')).config],
  ['routes', async () => (await import('./commands/routes.js')).routes],
  ['state', async () => (await import('./commands/state.js')).state],
  ['template', async () => (await import('./commands/template.js')).template],
  ['test-receiver', async () => (await import('./commands/test-receiver.js')).testReceiver],
  ['completion', async () => (await import('./commands/completion.js')).completion],
  ['complete', async () => (await import('./commands/complete.js')).complete],
]);

const HELP = `Look at and change what a router does, and check its configuration.

These are the tools; "tocsin --help" is about the server.

Defaults for flags are read from $HOME/.config/amtool/config.yml and
/etc/amtool/config.yml: a mapping from the names of flags to values, such as

  alertmanager.url: http://localhost:9093
  author: me@example.com
  require-comment: false
  output: extended
`;

export const isTool = (name: string): boolean => TOOLS.has(name);

/** The root with one tool below it, or with all of them. */
export async function loadTools(program: string, name?: string): Promise<Tool> {
  const wanted = name === undefined ? undefined : TOOLS.get(name);
  return command<ToolContext, typeof GLOBAL_FLAGS>({
    name: program,
    help: HELP,
    flags: GLOBAL_FLAGS,
    commands: await Promise.all(wanted ? [wanted()] : [...TOOLS.values()].map((load) => load())),
  });
}
