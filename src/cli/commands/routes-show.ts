import { command } from '../../platform/command-line/index.js';
import { formatTree } from '../format/tree.js';
import { CONFIG_FILE, loadRoutes, routeNode } from '../routing-tree.js';
import type { ToolContext } from '../tool-context.js';

export const routesShow = command({
  name: 'show',
  help: 'Show the routing tree.',
  isDefault: true,
  flags: { configFile: CONFIG_FILE },
  async run({ configFile }, _positional, context: ToolContext) {
    const { root } = await loadRoutes(configFile, context);
    context.io.out(`Routing tree:\n${formatTree(routeNode(root))}\n`);
  },
});
