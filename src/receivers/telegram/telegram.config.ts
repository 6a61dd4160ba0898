/** Settings of `telegram_configs`. */
import { refuseSeveral } from '../../config/exclusive.js';
import { httpConfig, inherited, receiver, sendResolved, withGlobalHttp } from '../../config/receiver-schema.js';
import { type Infer, bool, int, int64, path, secret, template, text, url } from '../../config/schema/index.js';

const PARSE_MODES: readonly string[] = ['', 'Markdown', 'MarkdownV2', 'HTML'];

const fields = {
  send_resolved: sendResolved(true),
  http_config: httpConfig(),
  api_url: inherited<string>(url({ alwaysPrinted: true, help: 'Bot API; the global telegram_api_url when unset.' })),
  bot_token: secret({ help: 'Token of the bot; the global telegram_bot_token when unset.' }),
  bot_token_file: path({ help: 'File with the token, read for each notification.' }),
  chat_id: int64({ help: 'Chat; groups have negative numbers.' }),
  chat_id_file: path({ help: 'File with the chat, read for each notification; instead of chat_id.' }),
  message_thread_id: int({ help: 'Topic within the chat.' }),
  message: template({
    default: '{{ template "telegram.default.message" . }}',
    help: 'Message; HTML when parse_mode says so.',
  }),
  disable_notifications: bool({ default: false, help: 'Send without a sound.' }),
  parse_mode: text({ default: 'HTML', choices: PARSE_MODES, help: 'How the message is formatted.' }),
};
export type TelegramSettings = Infer<typeof fields>;

export const telegramConfig = receiver('telegram.TelegramConfig', fields, {
  order: { printed: 12, checked: 11 },
  check(settings, report) {
    const tokens = [
      ['bot_token', settings.botToken],
      ['bot_token_file', settings.botTokenFile],
    ] as const;
    refuseSeveral(report, tokens, 'at most one of bot_token & bot_token_file must be configured');
    const { chatId, chatIdFile } = settings;
    if (chatId === 0 && chatIdFile === undefined) {
      report('missing-value', undefined, 'missing chat_id or chat_id_file on telegram_config', 'add chat_id');
    }
    if (chatId !== 0 && chatIdFile !== undefined) {
      const message = 'at most one of chat_id & chat_id_file must be configured';
      report('conflicting-values', 'chat_id_file', message, 'keep one of them');
    }
    if (!PARSE_MODES.includes(settings.parseMode)) {
      const message = 'unknown parse_mode on telegram_config, must be Markdown, MarkdownV2, HTML or empty string';
      report('invalid-value', 'parse_mode', message, 'case matters');
    }
  },
  inherit(settings, global, report) {
    const own = settings.botToken ?? settings.botTokenFile;
    const botToken = own ? settings.botToken : global.telegramBotToken;
    const botTokenFile = own ? settings.botTokenFile : global.telegramBotTokenFile;
    if (!(botToken ?? botTokenFile)) {
      report('missing-value', 'bot_token', 'missing bot_token or bot_token_file on telegram_config', 'add bot_token');
    }
    // Both may be null in the file; then there is no address to print, and sending fails.
    const apiUrl = (settings.apiUrl as string | undefined) ?? global.telegramApiUrl;
    return { ...withGlobalHttp(settings, global), apiUrl: apiUrl as string, botToken, botTokenFile };
  },
});
