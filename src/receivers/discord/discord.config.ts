/** Settings of `discord_configs`. */
import { refuseSeveral, requireOne } from '../../config/exclusive.js';
import { httpConfig, receiver, sendResolved, withGlobalHttp } from '../../config/receiver-schema.js';
import { type Infer, path, secretUrl, template, text } from '../../config/schema/index.js';

const fields = {
  send_resolved: sendResolved(true),
  http_config: httpConfig(),
  webhook_url: secretUrl({ required: true, help: 'Webhook of the channel.' }),
  webhook_url_file: path({ help: 'File with the webhook, read for each notification; instead of webhook_url.' }),
  content: template({ help: 'Text above the embed.' }),
  title: template({ default: '{{ template "discord.default.title" . }}', help: 'Title of the embed.' }),
  message: template({ default: '{{ template "discord.default.message" . }}', help: 'Text of the embed.' }),
  username: text({ help: 'Name to show instead of the webhook’s.' }),
  avatar_url: text({ help: 'Picture to show instead of the webhook’s.' }),
};
export type DiscordSettings = Infer<typeof fields>;

export const discordConfig = receiver('discord.DiscordConfig', fields, {
  order: { printed: 1, checked: 12 },
  check(settings, report) {
    const sources = [
      ['webhook_url', settings.webhookUrl],
      ['webhook_url_file', settings.webhookUrlFile],
    ] as const;
    requireOne(report, sources, 'one of webhook_url or webhook_url_file must be configured');
    refuseSeveral(report, sources, 'at most one of webhook_url & webhook_url_file must be configured');
  },
  inherit: withGlobalHttp,
});
