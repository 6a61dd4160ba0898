/**
 * Posts a group to a Discord channel by its webhook: one embed, coloured by what the group does.
 *
 * Discord refuses longer texts, so they are cut. Alertmanager: notify/discord.
 */
import { parseGoUrl } from '../../config/schema/go-url.js';
import type { Outcome } from '../../domain/notify/index.js';
import type { Logger } from '../../platform/log.js';
import { deliverJson } from '../kit/deliver-json.js';
import { groupStatus } from '../kit/group.js';
import { type HttpAttempt, httpChannel } from '../kit/http-channel.js';
import { secretOrFile } from '../kit/secret-file.js';
import { fitRunes } from '../kit/truncate.js';
import { defineReceiver } from '../receiver.js';
import { type DiscordSettings, discordConfig } from './discord.config.js';

const TITLE_RUNES = 256;
const DESCRIPTION_RUNES = 4096;
const CONTENT_RUNES = 2000;
const COLORS = { firing: 0x992d22, resolved: 0x2ecc71 } as const;

export const discord = defineReceiver({
  type: 'discord',
  yamlKey: 'discord_configs',
  config: discordConfig,
  build: (settings, context) => httpChannel(settings, context, send),
  example: `send_resolved: true
http_config:
  follow_redirects: true
webhook_url: https://discord.example.com/api/webhooks/1/discord-url-secret
content: '{{ len .Alerts }} alerts'
title: '{{ template "discord.default.title" . }}'
message: '{{ template "discord.default.message" . }}'
username: Alerts
avatar_url: https://img.example.com/icon.png
`,
});

async function send(attempt: HttpAttempt<DiscordSettings>): Promise<Outcome> {
  const { settings, renderer, notification, log, conceal } = attempt;
  const title = fitRunes(renderer.text(settings.title ?? ''), TITLE_RUNES, 'title', log);
  const description = fitRunes(renderer.text(settings.message ?? ''), DESCRIPTION_RUNES, 'message', log);
  const content = fitRunes(renderer.text(settings.content ?? ''), CONTENT_RUNES, 'content', log);
  renderer.check('');
  const url = conceal(await secretOrFile(settings.webhookUrl, settings.webhookUrlFile, 'read webhook_url_file'));
  return deliverJson(attempt, url, {
    content,
    embeds: [{ title, description, color: COLORS[groupStatus(notification)] }],
    username: settings.username || undefined,
    avatar_url: usableUrl(settings.avatarUrl, log),
  });
}

/** A picture is not worth a notification. */
function usableUrl(url: string | undefined, log: Logger): string | undefined {
  if (url === undefined || url === '') return undefined;
  if (parseGoUrl(url).ok) return url;
  log.warn('Bad avatar url', { avatar_url: url });
  return undefined;
}
