/**
 * Sends a group to Pushover: all of it in the query of a POST without a body.
 *
 * Keys from files lose the white space around them; Alertmanager sends it along, and is refused.
 * Alertmanager: notify/pushover.
 */
import type { Outcome } from '../../domain/notify/index.js';
import type { Duration } from '../../domain/time/index.js';
import { type HttpAttempt, httpChannel } from '../kit/http-channel.js';
import { answerOf, postJson } from '../kit/post.js';
import { encodeQuery } from '../kit/query.js';
import { secretOrFile } from '../kit/secret-file.js';
import { outcomeOf } from '../kit/status.js';
import { fitRunes } from '../kit/truncate.js';
import { defineReceiver } from '../receiver.js';
import { type PushoverSettings, pushoverConfig } from './pushover.config.js';

const API_URL = 'https://api.pushover.net/1/messages.json';
const TITLE_RUNES = 250;
const MESSAGE_RUNES = 1024;
const URL_RUNES = 512;
/** Pushover refuses empty messages. */
const NO_MESSAGE = '(no details)';

export const pushover = defineReceiver({
  type: 'pushover',
  yamlKey: 'pushover_configs',
  config: pushoverConfig,
  build: (settings, context) => httpChannel(settings, context, send),
  example: `send_resolved: true
http_config:
  follow_redirects: true
user_key: pushover-user-key-secret
token: pushover-token-secret
title: '{{ .GroupLabels.alertname }}'
message: '{{ .CommonAnnotations.description }}'
url: '{{ .ExternalURL }}'
url_title: Alerts
device: phone
sound: siren
priority: '{{ if eq .Status "firing" }}2{{ else }}0{{ end }}'
retry: 1m
expire: 1h
ttl: 24h
html: true
monospace: false
`,
});

type Attempt = HttpAttempt<PushoverSettings>;

async function send(attempt: Attempt): Promise<Outcome> {
  const { settings, renderer, client, signal, now } = attempt;
  const token = await secretOrFile(settings.token, settings.tokenFile, 'read token_file');
  const user = await secretOrFile(settings.userKey, settings.userKeyFile, 'read user_key_file');
  const parameters = [
    ['token', renderer.text(token)],
    ['user', renderer.text(user)],
    ...renderParameters(attempt),
  ] as const;
  renderer.check('');
  const url = `${API_URL}?${encodeQuery(parameters)}`;
  const posted = await postJson(client, {
    url,
    signal,
    headers: { 'Content-Type': 'text/plain' },
    statusSuffices: true,
  });
  return outcomeOf(answerOf(posted), {}, now());
}

function renderParameters({ settings, renderer, log }: Attempt): readonly (readonly [string, string])[] {
  const text = (source: string | undefined): string => renderer.text(source ?? '');
  const message = settings.html ? renderer.html(settings.message) : renderer.text(settings.message);
  const ttl = wholeSeconds(settings.ttl);
  return [
    ['title', fitRunes(text(settings.title), TITLE_RUNES, 'title', log)],
    ...(settings.html ? [['html', '1'] as const] : []),
    ...(settings.monospace ? [['monospace', '1'] as const] : []),
    ['message', fitRunes(message, MESSAGE_RUNES, 'message', log).trim() || NO_MESSAGE],
    ['url', fitRunes(text(settings.url), URL_RUNES, 'URL', log)],
    ['url_title', text(settings.urlTitle)],
    ['priority', text(settings.priority)],
    ['retry', String(wholeSeconds(settings.retry))],
    ['expire', String(wholeSeconds(settings.expire))],
    ['device', text(settings.device)],
    ['sound', text(settings.sound)],
    ...(ttl > 0 ? [['ttl', String(ttl)] as const] : []),
  ];
}

const wholeSeconds = (span: Duration): number => Math.trunc(span / 1000);
