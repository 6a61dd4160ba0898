/** What goes into the Authorization header, from `basic_auth`, `authorization` (or its old form `bearer_token`). */
import type { CancelSignal } from '../cancel-signal.js';
import { type ValueSource, valueSource } from './credentials.js';
import { wrapError } from './errors.js';
import type { HttpSettings } from './settings.js';

/** The header's value for the next request. */
export type Authenticator = (signal: CancelSignal | undefined) => Promise<string>;

export function compileAuthenticator(settings: HttpSettings): Authenticator | undefined {
  const { basicAuth, authorization, bearerToken, bearerTokenFile } = settings;
  if (basicAuth) {
    const name = named('username', valueSource(basicAuth.username, basicAuth.usernameFile, basicAuth.usernameRef));
    const password = named('password', valueSource(basicAuth.password, basicAuth.passwordFile, basicAuth.passwordRef));
    return async () => formatBasic(await name(), await password());
  }
  if (authorization) {
    const { type, credentials, credentialsFile, credentialsRef } = authorization;
    const read = readOr(valueSource(credentials, credentialsFile, credentialsRef), 'authorization credentials');
    return async () => `${type?.trim() || 'Bearer'} ${await read()}`;
  }
  const bearer = valueSource(bearerToken, bearerTokenFile, undefined);
  if (!bearer) return undefined;
  const read = readOr(bearer, 'authorization credentials');
  return async () => `Bearer ${await read()}`;
}

export const formatBasic = (name: string, password: string): string =>
  `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`;

const named = (what: string, source: ValueSource | undefined): (() => Promise<string>) =>
  readOr(source, `basic auth ${what}`);

/** Reads, or says what could not be read. Nothing given is the empty text. */
function readOr(source: ValueSource | undefined, what: string): () => Promise<string> {
  return async () => {
    try {
      return source ? await source.read() : '';
    } catch (error) {
      throw wrapError(`unable to read ${what}`, error);
    }
  };
}
