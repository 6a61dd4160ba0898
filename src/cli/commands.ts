/** All tools: amtool's, under its names, and ours beside them. */
import { type Command, command } from '../platform/command-line/index.js';
import { alert } from './commands/alert.js';
import { checkConfig } from './commands/check-config.js';
import { cluster } from './commands/cluster.js';
import { complete, completion } from './commands/completion.js';
import { config } from './commands/config.js';
import { help } from './commands/help.js';
import { routes } from './commands/routes.js';
import { silence } from './commands/silence.js';
import { template } from './commands/template.js';
import { GLOBAL_FLAGS } from './global-flags.js';
import type { ToolContext } from './tool-context.js';

const HELP = `Look at and change what a router does, and check its configuration.

These are the tools; "tocsin --help" is about the server.

Defaults for flags are read from $HOME/.config/amtool/config.yml and
/etc/amtool/config.yml: a mapping from the names of flags to values, such as

  alertmanager.url: http://localhost:9093
  author: me@example.com
  require-comment: false
  output: extended
`;

export const TOOLS: Command<ToolContext> = command<ToolContext, typeof GLOBAL_FLAGS>({
  name: 'tocsin',
  help: HELP,
  flags: GLOBAL_FLAGS,
  commands: [help, alert, silence, checkConfig, cluster, config, routes, template, completion, complete],
});
