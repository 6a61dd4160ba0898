/**
 * `http_config`: how an integration reaches its server.
 *
 * File paths in it are relative to the configuration file. The deprecated bearer keys become an `authorization`, whose
 * type is always spelled out.
 */
import { canonicalHeader } from './canonical-header.js';
import { type ExclusiveSource, countSet, refuseSeveral } from './exclusive.js';
import { file, ref } from './http-kinds.js';
import { checkOAuth2, oauth2Schema } from './oauth2-config.js';
import { checkProxy, proxyFields } from './proxy-config.js';
import {
  type Infer,
  type ObjectSchema,
  type Report,
  type SettingsOf,
  bool,
  embedded,
  list,
  map,
  nested,
  object,
  path,
  secret,
  text,
} from './schema/index.js';
import { tlsConfigSchema } from './tls-config.js';

export { JWT_BEARER_GRANT, type OAuth2 } from './oauth2-config.js';
export type { ProxyConfig } from './proxy-config.js';
export type { TlsVersion } from './http-kinds.js';
export { type TlsConfig, tlsConfigSchema } from './tls-config.js';

const basicAuthSchema = object('config.plain', {
  username: text({ help: 'User name.' }),
  username_file: file('File with the user name, read for each request.'),
  username_ref: ref(),
  password: secret({ help: 'Password.' }),
  password_file: file('File with the password, read for each request.'),
  password_ref: ref(),
});
export type BasicAuth = SettingsOf<typeof basicAuthSchema>;

const authorizationSchema = object('config.Authorization', {
  type: text({ help: 'Authentication scheme, Bearer when unset.' }),
  credentials: secret({ help: 'What follows the scheme.' }),
  credentials_file: file('File with the credentials, read for each request.'),
  credentials_ref: ref(),
});
/** In an HttpConfig the type is always there. */
export type Authorization = SettingsOf<typeof authorizationSchema>;

const headerSchema = object('config.Header', {
  values: list(text({}), { help: 'Values, one header each.' }),
  secrets: list(secret({}), { goType: '[]config.Secret', help: 'Values that are never shown.' }),
  files: list(file('File with a value.'), { help: 'Files with values, read for each request.' }),
});
export type HeaderConfig = SettingsOf<typeof headerSchema>;

/** `http_headers`: by name, as written. */
export const httpHeaders = map(embedded(headerSchema, { alwaysPrinted: true }), {
  goType: 'config.Headers',
  printedWhenGiven: true,
  help: 'Headers to add to each request.',
});

const fields = {
  basic_auth: nested(basicAuthSchema, { help: 'Basic authentication.' }),
  authorization: nested(authorizationSchema, { help: 'The Authorization header.' }),
  oauth2: nested(oauth2Schema, { help: 'Fetch a token first.' }),
  bearer_token: secret({ deprecated: 'authorization', help: 'Token for the Authorization header.' }),
  bearer_token_file: path({ relativeTo: 'config', deprecated: 'authorization', help: 'File with the token.' }),
  tls_config: embedded(tlsConfigSchema, { help: 'TLS.' }),
  follow_redirects: bool({ default: true, alwaysPrinted: true, help: 'Follow redirects.' }),
  enable_http2: bool({ default: true, alwaysPrinted: true, help: 'Use HTTP/2 where the server offers it.' }),
  ...proxyFields,
  http_headers: httpHeaders,
};
export type HttpConfig = Infer<typeof fields>;

export const httpConfigSchema: ObjectSchema<HttpConfig> = object('config.plain', fields, {
  check(http, report) {
    checkAuthentication(http, report);
    if (http.oauth2) checkOAuth2(http.oauth2, report);
    checkProxy(http, report);
    checkHeaders(http, report);
    return { ...http, ...spelledOut(http) };
  },
});

/** What a receiver uses when neither it nor `global` says anything. */
export const DEFAULT_HTTP_CONFIG: HttpConfig = httpConfigSchema.initial;

function checkAuthentication(http: HttpConfig, report: Report): void {
  const { basicAuth, authorization, oauth2 } = http;
  const bearer: ExclusiveSource[] = [
    ['bearer_token', http.bearerToken],
    ['bearer_token_file', http.bearerTokenFile],
  ];
  const bearerKey = bearer.find(([, value]) => value !== undefined)?.[0];
  refuseSeveral(report, bearer, 'at most one of bearer_token & bearer_token_file must be configured');
  if ((basicAuth ?? oauth2) !== undefined && bearerKey !== undefined) {
    const message = 'at most one of basic_auth, oauth2, bearer_token & bearer_token_file must be configured';
    report('conflicting-values', bearerKey, message, 'keep one way of authentication');
  }
  if (basicAuth) checkBasicAuth(basicAuth, report);
  if (authorization) checkAuthorization(authorization, bearerKey !== undefined, report);
  const ways: ExclusiveSource[] = [
    ['basic_auth', basicAuth],
    ['oauth2', oauth2],
    ['authorization', authorization],
  ];
  refuseSeveral(report, ways, 'at most one of basic_auth, oauth2 & authorization must be configured');
}

function checkBasicAuth(basicAuth: BasicAuth, report: Report): void {
  const { username, usernameFile, usernameRef, password, passwordFile, passwordRef } = basicAuth;
  const refuseMany = (name: string, values: readonly unknown[]): void => {
    if (values.filter((value) => value !== undefined).length < 2) return;
    const message = `at most one of basic_auth ${name}, ${name}_file & ${name}_ref must be configured`;
    report('conflicting-values', 'basic_auth', message, 'keep one of them');
  };
  refuseMany('username', [username, usernameFile, usernameRef]);
  refuseMany('password', [password, passwordFile, passwordRef]);
}

function checkAuthorization(authorization: Authorization, hasBearer: boolean, report: Report): void {
  const { credentials, credentialsFile, credentialsRef, type } = authorization;
  if (hasBearer) {
    const message = 'authorization is not compatible with bearer_token & bearer_token_file';
    report('conflicting-values', 'authorization', message, 'drop the bearer key, it is deprecated');
  }
  const sources: ExclusiveSource[] = [
    ['credentials', credentials],
    ['credentials_file', credentialsFile],
    ['credentials_ref', credentialsRef],
  ];
  if (countSet(sources) > 1) {
    const message = 'at most one of authorization credentials & credentials_file must be configured';
    report('conflicting-values', 'authorization', message, 'keep one of them');
  }
  if (type?.trim().toLowerCase() === 'basic') {
    report('invalid-value', 'authorization', 'authorization type cannot be set to "basic", use "basic_auth" instead');
  }
}

/** Headers that are the client's own. */
const RESERVED_HEADERS: ReadonlySet<string> = new Set([
  'Authorization',
  'Host',
  'Content-Encoding',
  'Content-Length',
  'Content-Type',
  'User-Agent',
  'Connection',
  'Keep-Alive',
  'Proxy-Authenticate',
  'Proxy-Authorization',
  'Www-Authenticate',
  'Accept-Encoding',
  'X-Prometheus-Remote-Write-Version',
  'X-Prometheus-Remote-Read-Version',
  'X-Prometheus-Scrape-Timeout-Seconds',
  'X-Amz-Date',
  'X-Amz-Security-Token',
  'X-Amz-Content-Sha256',
]);

function checkHeaders(http: HttpConfig, report: Report): void {
  for (const name of http.httpHeaders.keys()) {
    const canonical = canonicalHeader(name);
    if (!RESERVED_HEADERS.has(canonical)) continue;
    report(
      'invalid-value',
      'http_headers',
      `setting header "${canonical}" is not allowed`,
      'the program sets it itself',
    );
  }
}

function spelledOut(http: HttpConfig): Partial<HttpConfig> {
  const { authorization, bearerToken: credentials, bearerTokenFile: credentialsFile } = http;
  if (authorization) return { authorization: { ...authorization, type: authorization.type?.trim() || 'Bearer' } };
  if (credentials === undefined && credentialsFile === undefined) return {};
  return {
    authorization: { type: 'Bearer', credentials, credentialsFile, credentialsRef: undefined },
    bearerToken: undefined,
    bearerTokenFile: undefined,
  };
}
