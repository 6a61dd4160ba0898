/** The message of a group: one attachment, keys in Alertmanager's order, empty ones left out where Slack does without. */
import type { Logger } from '../../platform/log.js';
import type { Renderer } from '../kit/renderer.js';
import { fitRunes } from '../kit/truncate.js';
import type { SlackSettings } from './slack.config.js';

const TITLE_RUNES = 1024;
const MARKDOWN_IN: readonly string[] = ['fallback', 'pretext', 'text'];

/** Members that are undefined are not sent. */
export interface SlackMessage {
  readonly channel: string | undefined;
  /** The message to change. */
  readonly ts: string | undefined;
  readonly [member: string]: unknown;
}

type Field = NonNullable<SlackSettings['fields'][number]>;
type Action = NonNullable<SlackSettings['actions'][number]>;

export function renderMessage(settings: SlackSettings, renderer: Renderer, log: Logger): SlackMessage {
  const filled = (source: string | undefined): string | undefined => renderer.text(source ?? '') || undefined;
  const attachment = renderAttachment(settings, renderer, log);
  return {
    channel: filled(settings.channel),
    ts: undefined,
    username: filled(settings.username),
    icon_emoji: filled(settings.iconEmoji),
    icon_url: filled(settings.iconUrl),
    link_names: settings.linkNames || undefined,
    text: filled(settings.messageText),
    attachments: [attachment],
  };
}

function renderAttachment(settings: SlackSettings, renderer: Renderer, log: Logger): object {
  const text = (source: string | undefined): string => renderer.text(source ?? '');
  const filled = (source: string | undefined): string | undefined => text(source) || undefined;
  const { fields, actions, shortFields, mrkdwnIn } = settings;
  return {
    title: fitRunes(text(settings.title), TITLE_RUNES, 'title', log) || undefined,
    title_link: filled(settings.titleLink),
    pretext: filled(settings.pretext),
    text: text(settings.text),
    fallback: text(settings.fallback),
    callback_id: text(settings.callbackId),
    fields: someOf(withoutNulls(fields).map((field) => renderField(field, shortFields, filled))),
    actions: someOf(withoutNulls(actions).map((action) => renderAction(action, filled))),
    image_url: filled(settings.imageUrl),
    thumb_url: filled(settings.thumbUrl),
    footer: text(settings.footer),
    color: filled(settings.color),
    mrkdwn_in: mrkdwnIn.length > 0 ? mrkdwnIn : MARKDOWN_IN,
  };
}

type Text<Out> = (source: string | undefined) => Out;

const renderField = (
  { title, value, short }: Field,
  shortByDefault: boolean,
  filled: Text<string | undefined>,
): object => ({
  title: filled(title),
  value: filled(value),
  short: short ?? shortByDefault,
});

const renderAction = (action: Action, filled: Text<string | undefined>): object => ({
  type: filled(action.type),
  text: filled(action.text),
  url: filled(action.url),
  style: filled(action.style),
  name: filled(action.name),
  value: filled(action.value),
  confirm: action.confirm && {
    text: filled(action.confirm.text),
    title: filled(action.confirm.title),
    ok_text: filled(action.confirm.okText),
    dismiss_text: filled(action.confirm.dismissText),
  },
});

/** A list of the configuration may hold nothing in places. */
const withoutNulls = <T>(list: readonly (T | undefined)[]): readonly T[] => list.filter((item) => item !== undefined);
const someOf = <T>(list: readonly T[]): readonly T[] | undefined => (list.length > 0 ? list : undefined);
