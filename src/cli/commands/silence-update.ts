import { Moment, instant, plus } from '../../domain/time/index.js';
import { command, optionalText, toggle } from '../../platform/command-line/index.js';
import { readLength, readTime } from '../arguments.js';
import type { ApiSilence } from '../client/models.js';
import { formatterOf } from '../format/formatters.js';
import type { ToolContext } from '../tool-context.js';
import { ToolError } from '../tool-error.js';

const FLAGS = {
  quiet: toggle('quiet', { short: 'q', help: 'Print ids only.' }),
  duration: optionalText('duration', { short: 'd', help: 'How long it lasts, counted from its start.' }),
  start: optionalText('start', { help: 'When it starts (RFC 3339).' }),
  end: optionalText('end', { help: 'When it ends (RFC 3339); beats the duration.' }),
  comment: optionalText('comment', { short: 'c', help: 'Why it is there.' }),
} as const;

interface Changes {
  readonly duration: string;
  readonly start: string;
  readonly end: string;
  readonly comment: string;
}

export const silenceUpdate = command({
  name: 'update',
  help: 'Change silences. What is changed while it is active gets a new id.',
  flags: FLAGS,
  positional: { name: 'silence-ids', help: 'Ids of the silences.', repeated: true },
  async run(values, ids, context: ToolContext) {
    if (ids.length === 0) throw new ToolError('no silence IDs specified');
    const router = await context.router();
    const updated: ApiSilence[] = [];
    for (const id of ids) {
      const silence = await changed(await router.silence(id), values);
      updated.push({ ...silence, id: await router.postSilence(silence) });
    }
    const print = values.quiet
      ? updated.map(({ id }) => `${id}\n`).join('')
      : (await formatterOf(context.settings)).silences(updated);
    context.io.out(print);
  },
});

async function changed(silence: ApiSilence, { duration, start, end, comment }: Changes): Promise<ApiSilence> {
  const startsAt = (await readTime(start)) ?? silence.startsAt;
  const endsAt = (await readTime(end)) ?? (duration === '' ? silence.endsAt : endAfter(startsAt, duration));
  if (startsAt.at > endsAt.at) throw new ToolError('silence cannot start after it ends');
  return { ...silence, startsAt, endsAt, comment: comment || silence.comment };
}

const endAfter = (startsAt: Moment, duration: string): Moment =>
  Moment.of(plus(instant(Math.floor(startsAt.at)), readLength(duration)));
