import { command } from '../../platform/command-line/index.js';
import type { ToolContext } from '../tool-context.js';
import { ToolError } from '../tool-error.js';

export const silenceExpire = command({
  name: 'expire',
  help: 'End silences. The first that cannot be ended stops the command.',
  positional: { name: 'silence-ids', help: 'Ids of the silences.', repeated: true },
  async run(_values, ids, context: ToolContext) {
    if (ids.length === 0) throw new ToolError('no silence IDs specified');
    const router = await context.router();
    for (const id of ids) await router.expireSilence(id);
  },
});
