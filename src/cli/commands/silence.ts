import { command } from '../../platform/command-line/index.js';
import { NEEDS_ROUTER, type ToolContext } from '../tool-context.js';
import { silenceAdd } from './silence-add.js';
import { silenceExpire } from './silence-expire.js';
import { silenceImport } from './silence-import.js';
import { silenceQuery } from './silence-query.js';
import { silenceUpdate } from './silence-update.js';

export const silence = command<ToolContext>({
  name: 'silence',
  help: 'Add, list, change, expire or import silences.',
  needs: NEEDS_ROUTER,
  commands: [silenceAdd, silenceExpire, silenceImport, silenceQuery, silenceUpdate],
});
