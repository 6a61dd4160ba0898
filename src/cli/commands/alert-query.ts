import { command, optionalText, toggle } from '../../platform/command-line/index.js';
import { withAlertname } from '../arguments.js';
import { formatterOf } from '../format/formatters.js';
import type { ToolContext } from '../tool-context.js';
import { WATCH_FLAGS, showAnswer } from '../watch.js';

const HELP = `List alerts.

Each argument is one matcher, and an alert has to match all of them:

  tocsin alert query alertname=DiskFull node=~"db-.*"

If the first argument is no matcher, it is taken for the name of the alert:

  tocsin alert query DiskFull

Without a flag for a state, active alerts are listed. Routers count alerts that
they have not processed yet as active, so --unprocessed alone lists both.
`;

const FLAGS = {
  inhibited: toggle('inhibited', { short: 'i', help: 'List inhibited alerts.' }),
  silenced: toggle('silenced', { short: 's', help: 'List silenced alerts.' }),
  active: toggle('active', { short: 'a', help: 'List active alerts.' }),
  unprocessed: toggle('unprocessed', { short: 'u', help: 'List alerts that are not processed yet.' }),
  receiver: optionalText('receiver', {
    short: 'r',
    help: 'List alerts for receivers that match this regular expression.',
  }),
  ...WATCH_FLAGS,
} as const;

export const alertQuery = command({
  name: 'query',
  help: HELP,
  isDefault: true,
  flags: FLAGS,
  positional: { name: 'matchers', help: 'What the alerts have to match.', repeated: true },
  async run(values, positional, context: ToolContext) {
    const { inhibited, silenced, active, unprocessed, receiver } = values;
    const filter = withAlertname(positional, context);
    const query = { inhibited, silenced, active: active || !(inhibited || silenced), unprocessed, receiver, filter };
    const router = await context.router();
    const formatter = await formatterOf(context.settings);
    await showAnswer(values, context, async () => formatter.alerts(await router.alerts(query)));
  },
});
