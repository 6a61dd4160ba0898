import { command } from '../../platform/command-line/index.js';
import { NEEDS_ROUTER, type ToolContext } from '../tool-context.js';
import { alertAdd } from './alert-add.js';
import { alertQuery } from './alert-query.js';

export const alert = command<ToolContext>({
  name: 'alert',
  help: 'Add or query alerts.',
  needs: NEEDS_ROUTER,
  commands: [alertQuery, alertAdd],
});
