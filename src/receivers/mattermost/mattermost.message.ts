/**
 * The message of a group, keys in Alertmanager's order, empty ones left out: the attachments of the settings under a text
 * of its own, or one attachment made of the settings themselves, which then holds the text.
 */
import type { Logger } from '../../platform/log.js';
import { type FieldTexts, fieldTexts, someOf, withoutNulls } from '../kit/members.js';
import type { Renderer } from '../kit/renderer.js';
import { fitRunes } from '../kit/truncate.js';
import type { MattermostSettings } from './mattermost.config.js';
import { type Priority, fitPriority } from './mattermost.priority.js';

const TEXT_RUNES = 16_383;

/** Members that are undefined are not sent. */
export interface MattermostMessage {
  readonly channel: string | undefined;
  readonly [member: string]: unknown;
}

type Attachment = NonNullable<MattermostSettings['attachments'][number]>;

export function renderMessage(settings: MattermostSettings, renderer: Renderer, log: Logger): MattermostMessage {
  const texts = fieldTexts(renderer);
  const { text, filled } = texts;
  const attachments = withoutNulls(settings.attachments);
  const ownText = attachments.length > 0 ? fitRunes(text(settings.text), TEXT_RUNES, 'text', log) : '';
  return {
    text: ownText || undefined,
    channel: filled(settings.channel),
    username: filled(settings.username),
    icon_url: filled(settings.iconUrl),
    icon_emoji: filled(settings.iconEmoji),
    attachments: (attachments.length > 0 ? attachments : [settings]).map((each) => renderAttachment(each, texts)),
    type: filled(settings.type),
    props: settings.props?.card ? { card: filled(settings.props.card) } : undefined,
    priority: renderPriority(settings, texts, log),
  };
}

const renderAttachment = (settings: Attachment, { filled }: FieldTexts): object => ({
  fallback: filled(settings.fallback),
  color: filled(settings.color),
  pretext: filled(settings.pretext),
  text: filled(settings.text),
  author_name: filled(settings.authorName),
  author_link: filled(settings.authorLink),
  author_icon: filled(settings.authorIcon),
  title: filled(settings.title),
  title_link: filled(settings.titleLink),
  fields: someOf(
    withoutNulls(settings.fields).map(({ title, value, short }) => ({
      title: filled(title),
      value: filled(value),
      short,
    })),
  ),
  thumb_url: filled(settings.thumbUrl),
  footer: filled(settings.footer),
  footer_icon: filled(settings.footerIcon),
  image_url: filled(settings.imageUrl),
});

function renderPriority({ priority }: MattermostSettings, { text }: FieldTexts, log: Logger): Priority | undefined {
  if (!priority?.priority) return undefined;
  const { requestedAck, persistentNotifications } = priority;
  return fitPriority({ name: text(priority.priority), requestedAck, persistentNotifications }, log);
}
