/** Settings of `pushover_configs`. */
import { refuseSeveral, requireOne } from '../../config/exclusive.js';
import { httpConfig, receiver, sendResolved, withGlobalHttp } from '../../config/receiver-schema.js';
import { type Infer, bool, goDuration, path, secret, template } from '../../config/schema/index.js';
import { HOUR, MINUTE, duration } from '../../domain/time/index.js';

const fields = {
  send_resolved: sendResolved(true),
  http_config: httpConfig(),
  user_key: secret({ required: true, help: 'Key of the user or group, a template.' }),
  user_key_file: path({ help: 'File with the key, read for each notification; instead of user_key.' }),
  token: secret({ required: true, help: 'Token of the application, a template.' }),
  token_file: path({ help: 'File with the token, read for each notification; instead of token.' }),
  title: template({ default: '{{ template "pushover.default.title" . }}', help: 'Title, 250 characters.' }),
  message: template({ default: '{{ template "pushover.default.message" . }}', help: 'Message, 1024 characters.' }),
  url: template({ default: '{{ template "pushover.default.url" . }}', help: 'Link.' }),
  url_title: template({ help: 'Text of the link.' }),
  device: template({ help: 'Device; all when unset.' }),
  sound: template({ help: 'Sound.' }),
  priority: template({ default: '{{ if eq .Status "firing" }}2{{ else }}0{{ end }}', help: 'Priority, -2 to 2.' }),
  retry: goDuration({ default: MINUTE, help: 'How often an emergency is repeated.' }),
  expire: goDuration({ default: HOUR, help: 'When an emergency stops repeating.' }),
  ttl: goDuration({ default: duration(0), help: 'When the message vanishes; 0 for never.' }),
  html: bool({ default: false, help: 'The message is HTML.' }),
  monospace: bool({ default: false, help: 'The message is in a fixed-width font.' }),
};
export type PushoverSettings = Infer<typeof fields>;

export const pushoverConfig = receiver('pushover.PushoverConfig', fields, {
  order: { printed: 9, checked: 4 },
  check(settings, report) {
    const userKeys = [
      ['user_key', settings.userKey],
      ['user_key_file', settings.userKeyFile],
    ] as const;
    const tokens = [
      ['token', settings.token],
      ['token_file', settings.tokenFile],
    ] as const;
    requireOne(report, userKeys, 'one of user_key or user_key_file must be configured');
    refuseSeveral(report, userKeys, 'at most one of user_key & user_key_file must be configured');
    requireOne(report, tokens, 'one of token or token_file must be configured');
    refuseSeveral(report, tokens, 'at most one of token & token_file must be configured');
    if (settings.html && settings.monospace) {
      report(
        'conflicting-values',
        'monospace',
        'at most one of monospace & html must be configured',
        'keep one of them',
      );
    }
  },
  inherit: withGlobalHttp,
});
