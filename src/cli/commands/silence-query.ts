import type { Instant } from '../../domain/time/index.js';
import { command, optionalText, span, toggle } from '../../platform/command-line/index.js';
import { withAlertname } from '../arguments.js';
import type { ApiSilence } from '../client/models.js';
import { formatterOf } from '../format/formatters.js';
import type { ToolContext } from '../tool-context.js';
import { WATCH_FLAGS, showAnswer } from '../watch.js';

const HELP = `List silences.

Each argument is one matcher; silences are listed that have all of them:

  tocsin silence query alertname=DiskFull

If the first argument is no matcher, it is taken for the name of the alert.

Silences that end within the next eight hours, and those that ended within the
last two:

  tocsin silence query --within 8h
  tocsin silence query --within 2h --expired
`;

const FLAGS = {
  expired: toggle('expired', { help: 'List expired silences instead of the others.' }),
  quiet: toggle('quiet', { short: 'q', help: 'Print ids only.' }),
  createdBy: optionalText('created-by', { help: 'List silences of this author.' }),
  id: optionalText('id', { help: 'List the silence with this id.' }),
  within: { ...span('within', '0', { help: 'List silences that end, or ended, within this time.' }), shown: 'WITHIN' },
  ...WATCH_FLAGS,
} as const;

export const silenceQuery = command({
  name: 'query',
  help: HELP,
  isDefault: true,
  flags: FLAGS,
  positional: { name: 'matchers', help: 'Which matchers the silences have.', repeated: true },
  async run(values, positional, context: ToolContext) {
    const filter = withAlertname(positional, context);
    const router = await context.router();
    const formatter = await formatterOf(context.settings);
    await showAnswer(values, context, async () => {
      const silences = await router.silences(filter);
      const now = context.io.clock.now();
      const wanted = silences.filter((silence) => isWanted(silence, values, now));
      return values.quiet ? wanted.map(({ id }) => `${id}\n`).join('') : formatter.silences(wanted);
    });
  },
});

interface Wanted {
  readonly expired: boolean;
  /** No limit when not above zero. */
  readonly within: number;
  readonly createdBy: string;
  readonly id: string;
}

function isWanted({ id, createdBy, endsAt }: ApiSilence, wanted: Wanted, now: Instant): boolean {
  const left = endsAt.at - now;
  if (wanted.expired ? left > 0 : left < 0) return false;
  if (wanted.within > 0 && Math.abs(left) > wanted.within) return false;
  return (wanted.createdBy === '' || wanted.createdBy === createdBy) && (wanted.id === '' || wanted.id === id);
}
