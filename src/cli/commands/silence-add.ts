import { plus } from '../../domain/time/index.js';
import { Moment, instant } from '../../domain/time/index.js';
import type { Matcher } from '../../domain/matcher/index.js';
import { command, optionalText, repeated, text, toggleOff } from '../../platform/command-line/index.js';
import { readLabels, readLength, readMatcher, readTime, withAlertname } from '../arguments.js';
import type { ApiMatcher } from '../client/models.js';
import type { ToolContext } from '../tool-context.js';
import { ToolError } from '../tool-error.js';

const HELP = `Add a silence, and print its id.

Each argument is one matcher, and the silence mutes alerts that match all of them:

  tocsin silence add alertname=DiskFull node=~"db-.*" -d 2h -c "new disks"

If the first argument is no matcher, it is taken for the name of the alert.
`;

const FLAGS = {
  author: optionalText('author', { short: 'a', help: 'Who makes the silence; by default the name of the user.' }),
  requireComment: toggleOff('require-comment', { hidden: true, help: 'Refuse silences without a comment.' }),
  duration: text('duration', '1h', { short: 'd', help: 'How long it lasts: 30m, 2h, 1d, 1w.' }),
  start: optionalText('start', { help: 'When it starts (RFC 3339), by default now.' }),
  end: optionalText('end', { help: 'When it ends (RFC 3339); beats the duration.' }),
  comment: optionalText('comment', { short: 'c', help: 'Why it is made.' }),
  annotations: repeated('annotation', [], { help: 'An annotation, key=value.' }),
} as const;

export const silenceAdd = command({
  name: 'add',
  help: HELP,
  flags: FLAGS,
  positional: { name: 'matchers', help: 'Which alerts are muted.', repeated: true },
  async run(values, positional, context: ToolContext) {
    const { io } = context;
    const { author, requireComment, duration, start, end, comment, annotations } = values;
    const matchers = withAlertname(positional, context).map((text) => readMatcher(text, context));
    if (matchers.length === 0) throw new ToolError('no matchers specified');
    const startsAt = (await readTime(start)) ?? Moment.of(io.clock.now());
    const endsAt = (await readTime(end)) ?? Moment.of(plus(instant(Math.floor(startsAt.at)), readLength(duration)));
    if (startsAt.at > endsAt.at) throw new ToolError('silence cannot start after it ends');
    if (requireComment && comment === '') throw new ToolError('comment required by config');
    const silence = {
      matchers: matchers.map(toApiMatcher),
      startsAt,
      endsAt,
      createdBy: author || io.userName,
      comment,
      annotations: readLabels(annotations, 'annotations must be specified as key=value pairs', context),
    };
    const router = await context.router();
    io.out(`${await router.postSilence(silence)}\n`);
  },
});

const toApiMatcher = ({ name, value, operator }: Matcher): ApiMatcher => ({
  name,
  value,
  isEqual: operator === '=' || operator === '=~',
  isRegex: operator === '=~' || operator === '!~',
});
