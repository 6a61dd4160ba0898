import { resolve } from 'node:path';
import { command, optionalText, span, text, toggle } from '../../platform/command-line/index.js';
import type { ToolContext } from '../tool-context.js';

const HELP = `Write what a stopped router remembers as Alertmanager's own files.

  tocsin state export --storage.path=/var/lib/tocsin --to=/var/lib/alertmanager

The files are silences and nflog. An Alertmanager that is started with that
directory as its --storage.path has every silence and tells nothing anew. A
router that stops in good order leaves them in its own directory by itself; this
is for another place, or for after a crash.
`;

const FLAGS = {
  storagePath: text('storage.path', 'data/', { help: 'The directory of the router.' }),
  to: optionalText('to', { required: true, help: 'Directory to write to; it is made if need be.' }),
  retention: span('data.retention', '120h', {
    help: 'How long Alertmanager shall keep what has ended: its flag of this name.',
  }),
  replace: toggle('replace', { help: 'Write over files that are there.' }),
} as const;

const stateExport = command({
  name: 'export',
  help: HELP,
  flags: FLAGS,
  async run(values, _positional, { io }: ToolContext) {
    const { exportState } = await import('../export-state.js');
    const { silences, entries } = await exportState(values, io);
    io.out(`Wrote ${silences} silences and ${entries} log entries to ${resolve(values.to)}\n`);
  },
});

export const state = command<ToolContext>({
  name: 'state',
  help: 'Take along what a router remembers.',
  commands: [stateExport],
});
