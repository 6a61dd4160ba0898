import { command, formatCommandHelp, scanLine } from '../../platform/command-line/index.js';
import type { ToolContext } from '../tool-context.js';

export const help = command({
  name: 'help',
  help: 'Show help for a command.',
  positional: { name: 'command', help: 'The command.', repeated: true },
  async run(_values, words, { io, allTools }: ToolContext) {
    const root = await allTools();
    io.out(formatCommandHelp(scanLine(root, words, { ignoreDefaults: true }).path));
  },
});
