import { command, optionalText, repeated } from '../../platform/command-line/index.js';
import { readLabels, readTime, withAlertname } from '../arguments.js';
import type { ToolContext } from '../tool-context.js';

const HELP = `Add an alert.

Each argument is one label; if the first has no "=", it is the name of the alert:

  tocsin alert add DiskFull node=db-1 --annotation=summary="almost full"
`;

const TIME = 'RFC 3339, for example 2026-11-20T09:41:00+01:00';

const FLAGS = {
  generatorUrl: optionalText('generator-url', { help: 'Where the alert comes from.' }),
  start: optionalText('start', { help: `When it started (${TIME}).` }),
  end: optionalText('end', { help: `When it ends (${TIME}).` }),
  annotations: repeated('annotation', [], { help: 'An annotation, key=value.' }),
} as const;

export const alertAdd = command({
  name: 'add',
  help: HELP,
  flags: FLAGS,
  positional: { name: 'labels', help: 'The labels of the alert, key=value.', repeated: true },
  async run({ generatorUrl, start, end, annotations }, positional, context: ToolContext) {
    const labels = withAlertname(positional, context);
    const alert = {
      labels: readLabels(labels, 'labels must be specified as key=value pairs', context),
      annotations: readLabels(annotations, 'annotations must be specified as key=value pairs', context),
      startsAt: await readTime(start),
      endsAt: await readTime(end),
      generatorURL: generatorUrl,
    };
    await (await context.router()).postAlert(alert);
  },
});
