import { command, completeLine } from '../../platform/command-line/index.js';
import type { ToolContext } from '../tool-context.js';

/** What the scripts call: the words so far, the last one being written. One candidate on each line, with its help. */
export const complete = command({
  name: 'complete',
  help: 'Print what may come next on a line (for completion scripts).',
  isHidden: true,
  positional: { name: 'words', help: 'The line so far.', repeated: true },
  async run(_values, words, { io, allTools }: ToolContext) {
    const candidates = completeLine(await allTools(), words.slice(0, -1), words.at(-1) ?? '');
    io.out(candidates.map(({ text, help }) => `${text}\t${help}\n`).join(''));
  },
});
