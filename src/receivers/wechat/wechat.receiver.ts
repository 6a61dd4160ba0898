/**
 * Sends a group to users, departments or tags of WeChat Work, with an access token that it fetches first and keeps.
 *
 * HTTP 200 with error code 0 is success, and any other status may be better next time.
 * We differ from Alertmanager: a token that is refused for whatever reason is fetched anew, not used for two hours more, and
 * a token service that is ill or busy is asked again.
 * Alertmanager: notify/wechat.
 */
import type { Outcome } from '../../domain/notify/index.js';
import { encodeBody } from '../kit/go-json.js';
import { type HttpAttempt, httpChannel } from '../kit/http-channel.js';
import { fieldTexts } from '../kit/members.js';
import { retryable } from '../kit/failures.js';
import { answerOf, postJson } from '../kit/post.js';
import { withParameter, withPath } from '../kit/url.js';
import { defineReceiver } from '../receiver.js';
import { failureOf, readAnswer, refusesToken } from './wechat.answer.js';
import { type WechatSettings, wechatConfig } from './wechat.config.js';
import { TokenCache } from './wechat.token.js';

export const wechat = defineReceiver({
  type: 'wechat',
  yamlKey: 'wechat_configs',
  config: wechatConfig,
  build(settings, context) {
    const tokens = new TokenCache();
    return httpChannel(settings, context, (attempt) => send(attempt, tokens));
  },
  retries: 'all',
  example: `send_resolved: true
http_config:
  follow_redirects: true
api_secret: wechat-api-secret
corp_id: ww0123456789
message: '{{ template "wechat.default.message" . }}'
api_url: https://qyapi.example.com/cgi-bin/
to_user: '{{ .CommonLabels.owner }}'
to_party: '7'
to_tag: '{{ template "wechat.default.to_tag" . }}'
agent_id: '1000002'
message_type: markdown
`,
});

type Attempt = HttpAttempt<WechatSettings>;

async function send(attempt: Attempt, tokens: TokenCache): Promise<Outcome> {
  const { settings, renderer, client, signal, now } = attempt;
  const body = encodeBody(renderMessage(attempt));
  renderer.check();
  const token = await tokens.get(attempt);
  const url = withParameter(withPath(settings.apiUrl, 'message/send'), 'access_token', token);
  const response = answerOf(await postJson(client, { url, body, signal }));
  const answer = readAnswer(response, now());
  if (answer.code === 0) return { kind: 'delivered' };
  if (!refusesToken(answer)) return failureOf(answer.code, answer.message);
  tokens.drop(token);
  return retryable(answer.message);
}

/** Both kinds of content are always there; the one that is not meant is empty. */
function renderMessage({ settings, renderer }: Attempt): object {
  const { text, filled } = fieldTexts(renderer);
  const isMarkdown = settings.messageType === 'markdown';
  const content = text(settings.message);
  return {
    text: { content: isMarkdown ? '' : content },
    touser: filled(settings.toUser),
    toparty: filled(settings.toParty),
    totag: filled(settings.toTag),
    agentid: filled(settings.agentId),
    safe: '0',
    msgtype: settings.messageType,
    markdown: { content: isMarkdown ? content : '' },
  };
}
