/** The message of a group: one attachment, keys in Alertmanager's order, empty ones left out. */
import type { Logger } from '../../platform/log.js';
import { fieldTexts, someOf, withoutNulls } from '../kit/members.js';
import type { Renderer } from '../kit/renderer.js';
import { fitRunes } from '../kit/truncate.js';
import type { RocketchatSettings } from './rocketchat.config.js';

const TITLE_RUNES = 1024;

/** Members that are undefined are not sent. */
export interface RocketchatMessage {
  readonly channel: string | undefined;
  readonly [member: string]: unknown;
}

export function renderMessage(settings: RocketchatSettings, renderer: Renderer, log: Logger): RocketchatMessage {
  const { text, filled } = fieldTexts(renderer);
  const { shortFields } = settings;
  const attachment = {
    title: fitRunes(text(settings.title), TITLE_RUNES, 'title', log) || undefined,
    title_link: filled(settings.titleLink),
    text: filled(settings.text),
    image_url: filled(settings.imageUrl),
    thumb_url: filled(settings.thumbUrl),
    color: filled(settings.color),
    fields: someOf(
      withoutNulls(settings.fields).map(({ short, title, value }) => ({
        short: short ?? shortFields,
        title: filled(title),
        value: filled(value),
      })),
    ),
    // Buttons are all there is; what else an action may have is not sent.
    actions: someOf(
      withoutNulls(settings.actions).map((action) => ({
        type: 'button',
        text: filled(action.text),
        url: filled(action.url),
        is_webview: false,
        msg: filled(action.msg),
        msg_in_chat_window: false,
      })),
    ),
  };
  return {
    channel: filled(settings.channel),
    emoji: filled(settings.emoji),
    avatar: filled(settings.iconUrl),
    attachments: [attachment],
  };
}
