import { command } from '../../platform/command-line/index.js';
import { formatterOf } from '../format/formatters.js';
import { NEEDS_ROUTER, type ToolContext } from '../tool-context.js';

const HELP = 'Show the state of the cluster and its members.';

const clusterShow = command({
  name: 'show',
  help: HELP,
  isDefault: true,
  needs: NEEDS_ROUTER,
  async run(_values, _positional, context: ToolContext) {
    const router = await context.router();
    const formatter = await formatterOf(context.settings);
    context.io.out(formatter.cluster(await router.status()));
  },
});

export const cluster = command<ToolContext>({ name: 'cluster', help: HELP, commands: [clusterShow] });
