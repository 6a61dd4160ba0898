import { command } from '../../platform/command-line/index.js';
import { formatterOf } from '../format/formatters.js';
import { NEEDS_ROUTER, type ToolContext } from '../tool-context.js';
import { routes } from './routes.js';

const HELP = `Show the configuration that a router runs with.

Simple: the configuration. Extended: also versions and the time of the start.
JSON: everything in one object.
`;

const configShow = command({
  name: 'show',
  help: HELP,
  isDefault: true,
  needs: NEEDS_ROUTER,
  async run(_values, _positional, context: ToolContext) {
    const router = await context.router();
    const formatter = await formatterOf(context.settings);
    context.io.out(formatter.config(await router.status()));
  },
});

export const config = command<ToolContext>({ name: 'config', help: HELP, commands: [configShow, routes] });
