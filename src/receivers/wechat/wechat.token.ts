/**
 * The access token of one integration: fetched when there is none, kept for two hours or as long as WeChat says, dropped
 * when it is refused. Bound: one token.
 */
import type { Instant } from '../../domain/time/index.js';
import type { HttpResponse } from '../../platform/http-client/index.js';
import { SendFailed, messageOf, rejected, retryable } from '../kit/failures.js';
import type { HttpAttempt } from '../kit/http-channel.js';
import { encodeQuery } from '../kit/query.js';
import { readTrimmed } from '../kit/secret-file.js';
import { withPath } from '../kit/url.js';
import { failureOf, readToken } from './wechat.answer.js';
import type { WechatSettings } from './wechat.config.js';

type Attempt = HttpAttempt<WechatSettings>;

const LIFETIME_MS = 2 * 3_600_000;

interface Kept {
  readonly token: string;
  readonly fetchedAt: Instant;
  readonly lifetimeMs: number;
}

export class TokenCache {
  #kept: Kept | undefined;

  async get(attempt: Attempt): Promise<string> {
    const fetchedAt = attempt.now();
    const kept = this.#kept;
    if (kept && fetchedAt - kept.fetchedAt <= kept.lifetimeMs) return attempt.conceal(kept.token);
    const { token, lifetimeMs } = await fetchToken(attempt);
    this.#kept = { token, fetchedAt, lifetimeMs };
    return attempt.conceal(token);
  }

  /** Unless another has taken its place already. */
  drop(token: string): void {
    if (this.#kept?.token === token) this.#kept = undefined;
  }
}

async function fetchToken(attempt: Attempt): Promise<Pick<Kept, 'token' | 'lifetimeMs'>> {
  const { settings, now } = attempt;
  const { accessToken: token, expiresInSeconds: seconds, message, code } = readToken(await ask(attempt), now());
  const known = `invalid APISecret for CorpID: ${settings.corpId}`;
  if (token === '') throw new SendFailed(failureOf(code, message === '' ? known : `${known}: ${message} (${code})`));
  return { token, lifetimeMs: seconds === undefined ? LIFETIME_MS : Math.min(LIFETIME_MS, seconds * 1000) };
}

async function ask({ settings, renderer, client, signal, conceal }: Attempt): Promise<HttpResponse> {
  const secret = conceal(renderer.text(conceal(await readSecret(settings))));
  const corpId = renderer.text(settings.corpId);
  renderer.check();
  const [path = ''] = withPath(settings.apiUrl, 'gettoken').split('?');
  const query = encodeQuery([
    ['corpid', corpId],
    ['corpsecret', secret],
  ]);
  try {
    return await client.request({ method: 'GET', url: `${path}?${query}`, signal });
  } catch (error) {
    throw new SendFailed(retryable(messageOf(error)));
  }
}

async function readSecret({ apiSecret, apiSecretFile }: WechatSettings): Promise<string> {
  if (apiSecret !== undefined || apiSecretFile === undefined) return apiSecret?.reveal() ?? '';
  try {
    return await readTrimmed(apiSecretFile);
  } catch (error) {
    throw new SendFailed(rejected(messageOf(error)));
  }
}
