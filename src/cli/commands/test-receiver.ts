import { command, optionalText, repeated, toggle } from '../../platform/command-line/index.js';
import { encodeBody } from '../../receivers/kit/go-json.js';
import { readLabels } from '../arguments.js';
import type { ApiTrial } from '../client/trial.js';
import { formatTable } from '../format/table.js';
import { NEEDS_ROUTER, type ToolContext } from '../tool-context.js';
import { ToolError } from '../tool-error.js';

const HELP = `Send a notification marked as a test to a receiver, and tell what came back.

  tocsin test-receiver team-db --alertmanager.url=http://localhost:9093
  tocsin test-receiver team-db --dry-run --alert alertname=DiskFull --alert node=db-1

Groups and what they were told stay as they are. The exit code is 1 when an
integration fails.
`;

const FLAGS = {
  dryRun: toggle('dry-run', { help: 'Render everything, send nothing, and show it.' }),
  resolved: toggle('resolved', { help: 'Tell that the alert is over.' }),
  integration: optionalText('integration', { help: 'Only this one, such as slack[0].' }),
  labels: repeated('alert', [], { help: 'A label of the alert, key=value; without any a sample is sent.' }),
  annotations: repeated('annotation', [], { help: 'An annotation of the alert, key=value.' }),
} as const;

export const testReceiver = command({
  name: 'test-receiver',
  help: HELP,
  flags: FLAGS,
  positional: { name: 'receiver', help: 'Name of the receiver.', repeated: false },
  needs: NEEDS_ROUTER,
  async run({ dryRun, resolved, integration, labels, annotations }, [receiver], context: ToolContext) {
    if (receiver === undefined) throw new ToolError('no receiver specified');
    if (labels.length === 0 && annotations.length > 0)
      throw new ToolError('annotations need an alert: give its labels');
    const alert = {
      labels: readLabels(labels, 'labels must be specified as key=value pairs', context),
      annotations: readLabels(annotations, 'annotations must be specified as key=value pairs', context),
    };
    const router = await context.router();
    const trial = await router.tryReceiver(receiver, {
      status: resolved ? 'resolved' : 'firing',
      dryRun,
      integration: integration === '' ? undefined : integration,
      alert: labels.length === 0 ? undefined : alert,
    });
    context.io.out(context.settings.output === 'json' ? encodeBody(trial.json) : formatTrial(trial, dryRun));
    // The table has told why.
    if (trial.integrations.some(({ status }) => status === 'failed')) throw new ToolError('');
  },
});

/** A line for each integration; after a dry run also what would be sent. */
function formatTrial({ integrations }: ApiTrial, showsBodies: boolean): string {
  const rows = integrations.map(({ integration, status, durationMs, exchanges, message }) => [
    integration,
    status,
    `${durationMs}ms`,
    exchanges.map(({ answered }) => answered).join(', '),
    oneLine(message),
  ]);
  const table = formatTable([['Integration', 'Result', 'Time', 'Answers', 'Message'], ...rows]);
  if (!showsBodies) return table;
  const sent = integrations.flatMap(({ integration, exchanges }) =>
    exchanges.map(({ request, body }) => `\n${integration}: ${request}\n${body.trimEnd()}\n`),
  );
  return table + sent.join('');
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
