import { command } from '../../platform/command-line/index.js';
import { CONFIG_FILE } from '../routing-tree.js';
import type { ToolContext } from '../tool-context.js';
import { routesShow } from './routes-show.js';
import { routesTest } from './routes-test.js';

/** Shows and tests the tree of a file, or of the configuration that a router runs with. */
export const routes = command<ToolContext>({
  name: 'routes',
  help: `Show or test the routing tree.

The tree is that of a configuration file, or of the configuration that a router
runs with. --config.file beats --alertmanager.url.
`,
  flags: { configFile: CONFIG_FILE },
  commands: [routesShow, routesTest],
});
