/**
 * Sends a group to a Telegram chat as a bot.
 *
 * What Telegram says decides, not the HTTP status; whatever it refuses is tried again, as a bot may be let into a chat at
 * any time. We differ from Alertmanager: an attempt ends with its notification, the pause of a flood answer is kept, a chat
 * that has become another is followed, and the token, which stands in the URL, is in no error.
 * Alertmanager: notify/telegram.
 */
import { quoteGo } from '../../domain/matcher/index.js';
import type { Outcome } from '../../domain/notify/index.js';
import { SendFailed, messageOf, retryable } from '../kit/failures.js';
import { encodeBody } from '../kit/go-json.js';
import { type HttpAttempt, httpChannel } from '../kit/http-channel.js';
import { answerOf, postJson } from '../kit/post.js';
import { readTrimmed } from '../kit/secret-file.js';
import { fitRunes, truncateRunes } from '../kit/truncate.js';
import { defineReceiver } from '../receiver.js';
import { type TelegramAnswer, readAnswer } from './telegram.answer.js';
import { type TelegramSettings, telegramConfig } from './telegram.config.js';

const MESSAGE_RUNES = 4096;
/** Cut HTML would not be HTML any more. */
const TOO_LONG = `Alertmanager notification could not be sent: message length exceeds Telegram limits.
\t\t\tPlease check the template used for producing the message content.`;
const INT64 = { min: -(2n ** 63n), max: 2n ** 63n - 1n };

export const telegram = defineReceiver({
  type: 'telegram',
  yamlKey: 'telegram_configs',
  config: telegramConfig,
  // Go's own name goes out here, and rules of proxies may know it.
  build: (settings, context) => httpChannel(settings, context, send, { userAgent: 'Go-http-client/1.1' }),
  retries: 'all',
  example: `send_resolved: true
http_config:
  follow_redirects: true
api_url: https://telegram.example.com
bot_token: 123456:telegram-bot-token-secret
chat_id: -1001234567890
message_thread_id: 7
message: '{{ template "telegram.default.message" . }}'
disable_notifications: true
parse_mode: HTML
`,
});

type Attempt = HttpAttempt<TelegramSettings>;

async function send(attempt: Attempt): Promise<Outcome> {
  const { settings, log, conceal } = attempt;
  const text = renderText(attempt);
  const token = conceal(await readSetting(settings.botTokenFile, () => settings.botToken?.reveal() ?? ''));
  const chat = await readSetting(settings.chatIdFile, () => String(settings.chatId));
  if (settings.chatIdFile !== undefined) checkChat(chat, settings.chatIdFile);

  const url = `${settings.apiUrl}/bot${token}/sendMessage`;
  const answer = await post(attempt, url, parameters(settings, chat, text));
  if (answer.movedTo === undefined) return answer.outcome;
  log.warn('The chat has become another: update chat_id', { chat_id: chat, migrate_to_chat_id: answer.movedTo });
  return (await post(attempt, url, parameters(settings, answer.movedTo, text))).outcome;
}

function renderText({ settings, renderer, log }: Attempt): string {
  const source = settings.message ?? '';
  const isHtml = settings.parseMode === 'HTML';
  const text = isHtml ? renderer.html(source) : renderer.text(source);
  renderer.check('');
  if (!isHtml) return fitRunes(text, MESSAGE_RUNES, 'message', log);
  if (truncateRunes(text, MESSAGE_RUNES) === text) return text;
  log.warn('Replaced message', { max_runes: MESSAGE_RUNES });
  return TOO_LONG;
}

/** The file wins. One that cannot be read may be there at the next attempt. */
async function readSetting(path: string | undefined, otherwise: () => string): Promise<string> {
  if (path === undefined) return otherwise();
  try {
    return await readTrimmed(path);
  } catch (error) {
    throw new SendFailed(retryable(`could not read ${path}: ${messageOf(error)}`));
  }
}

function checkChat(chat: string, path: string): void {
  const fail = (why: string): never => {
    throw new SendFailed(
      retryable(`could not parse chat_id from ${path}: strconv.ParseInt: parsing ${quoteGo(chat)}: ${why}`),
    );
  };
  if (!/^[+-]?\d+$/.test(chat)) fail('invalid syntax');
  const id = BigInt(chat.replace(/^\+/, ''));
  if (id < INT64.min || id > INT64.max) fail('value out of range');
}

/** All of them texts, in the order of their names. */
const parameters = (settings: TelegramSettings, chat: string, text: string): ReadonlyMap<string, string> =>
  new Map([
    ['chat_id', BigInt(chat.replace(/^\+/, '')).toString()],
    ...(settings.disableNotifications ? [['disable_notification', 'true'] as const] : []),
    ['disable_web_page_preview', 'true'],
    ...(settings.messageThreadId ? [['message_thread_id', String(settings.messageThreadId)] as const] : []),
    ...(settings.parseMode === '' ? [] : [['parse_mode', settings.parseMode] as const]),
    ['text', text],
  ]);

async function post({ client, signal, now }: Attempt, url: string, body: unknown): Promise<TelegramAnswer> {
  return readAnswer(answerOf(await postJson(client, { url, body: encodeBody(body), signal })), now());
}
