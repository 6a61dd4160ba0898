/**
 * OAuth2 tokens for `http_config.oauth2`: asked for once, used until ten seconds before they expire.
 *
 * Client credentials go as Basic auth first; a server that refuses is asked again with form fields, and what worked is
 * remembered. Requests that need a token at the same time share one fetch. A changed secret file asks for a new token.
 */
import type { Clock } from '../clock.js';
import type { Ids } from '../ids.js';
import { formatBasic } from './authentication.js';
import { valueSource } from './credentials.js';
import { wrapError } from './errors.js';
import type { HttpClient } from './http-client.js';
import { JWT_BEARER, signAssertion } from './oauth2-assertion.js';
import { type Token, readToken } from './oauth2-token.js';
import type { OAuth2Settings } from './settings.js';

/** A token that is about to expire would arrive too late. */
const EARLY_MS = 10_000;
/** The fetch belongs to no single notification, so that no deadline of theirs ends it. */
const FETCH_TIMEOUT_MS = 30_000;

export interface OAuth2Context {
  readonly client: HttpClient;
  readonly clock: Clock;
  readonly ids: Ids;
}

export class TokenSource {
  readonly #settings: OAuth2Settings;
  readonly #context: OAuth2Context;
  readonly #credential;
  readonly #byAssertion: boolean;
  #secret: string | undefined;
  #token: Token | undefined;
  #fetching: Promise<Token> | undefined;
  #style: 'header' | 'params' | undefined;

  constructor(settings: OAuth2Settings, context: OAuth2Context) {
    this.#settings = settings;
    this.#context = context;
    this.#byAssertion = settings.grantType === JWT_BEARER;
    this.#credential = this.#byAssertion
      ? valueSource(settings.clientCertificateKey, settings.clientCertificateKeyFile, settings.clientCertificateKeyRef)
      : valueSource(settings.clientSecret, settings.clientSecretFile, settings.clientSecretRef);
  }

  /** The value of the Authorization header. */
  async authorization(): Promise<string> {
    const secret = await this.#readSecret();
    if (secret !== this.#secret) {
      this.#secret = secret;
      this.#token = undefined;
      this.#fetching = undefined;
      this.#style = undefined;
    }
    const token = this.#valid() ?? (await (this.#fetching ??= this.#fetch(secret)));
    return `${token.type} ${token.text}`;
  }

  #valid(): Token | undefined {
    const token = this.#token;
    if (!token) return undefined;
    const expired = token.expiresAt !== undefined && token.expiresAt - EARLY_MS <= this.#context.clock.now();
    return expired ? undefined : token;
  }

  async #readSecret(): Promise<string> {
    try {
      return (await this.#credential?.read()) ?? '';
    } catch (error) {
      throw wrapError('unable to read oauth2 client secret', error);
    }
  }

  #fetch(secret: string): Promise<Token> {
    const fetching: Promise<Token> = this.#ask(secret).then(
      (token) => {
        if (this.#fetching === fetching) [this.#token, this.#fetching] = [token, undefined];
        return token;
      },
      (error: unknown) => {
        if (this.#fetching === fetching) this.#fetching = undefined;
        throw error;
      },
    );
    return fetching;
  }

  #ask(secret: string): Promise<Token> {
    return this.#byAssertion ? this.#askByAssertion(secret) : this.#askByCredentials(secret);
  }

  async #askByCredentials(secret: string): Promise<Token> {
    if (this.#style) return this.#askInStyle(this.#style, secret);
    try {
      const token = await this.#askInStyle('header', secret);
      this.#style = 'header';
      return token;
    } catch {
      const token = await this.#askInStyle('params', secret);
      this.#style = 'params';
      return token;
    }
  }

  #askInStyle(style: 'header' | 'params', secret: string): Promise<Token> {
    const { clientId = '' } = this.#settings;
    const form = this.#form([['grant_type', 'client_credentials']]);
    if (style === 'header')
      return this.#post(form, { Authorization: formatBasic(queryEscape(clientId), queryEscape(secret)) });
    if (clientId !== '') form.set('client_id', clientId);
    if (secret !== '') form.set('client_secret', secret);
    return this.#post(form, {});
  }

  async #askByAssertion(key: string): Promise<Token> {
    const { clock, ids } = this.#context;
    const assertion = signAssertion(this.#settings, { key, id: ids.uuid() }, clock.now());
    const form = this.#form([
      ['grant_type', JWT_BEARER],
      ['assertion', assertion],
    ]);
    return this.#post(form, {});
  }

  /** `endpoint_params` may replace the grant type, for servers with a name of their own, and nothing else. */
  #form(fields: readonly [string, string][]): URLSearchParams {
    const { scopes = [], endpointParams } = this.#settings;
    const form = new URLSearchParams(fields);
    if (scopes.length > 0) form.set('scope', scopes.join(' '));
    for (const [name, value] of endpointParams ?? []) {
      if (name !== 'grant_type' && form.has(name)) throw new Error(`oauth2: cannot overwrite parameter "${name}"`);
      form.set(name, value ?? '');
    }
    return form;
  }

  async #post(form: URLSearchParams, headers: Record<string, string>): Promise<Token> {
    // Go sorts form fields by name; a server that signs or logs them sees the same text.
    form.sort();
    const { client, clock } = this.#context;
    const response = await client.post({
      url: this.#settings.tokenUrl ?? '',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
      body: form.toString(),
      timeoutMs: FETCH_TIMEOUT_MS,
    });
    return readToken(response, clock.now());
  }
}

const queryEscape = (text: string): string => new URLSearchParams([['', text]]).toString().slice(1);
