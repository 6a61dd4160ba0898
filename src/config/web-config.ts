/**
 * The file of `--web.config.file`: TLS, basic authentication, headers and a rate limit for our own listeners.
 *
 * Unknown keys are refused; relative file paths start from the directory of the file. Nothing but the file itself is read
 * here: whether a certificate can be loaded shows when it is.
 */
import { dirname } from 'node:path';
import { type Result, failed, ok } from '../domain/issue/index.js';
import { duration } from '../domain/time/index.js';
import { type ExclusiveSource, countSet } from './exclusive.js';
import { type TlsVersion, tlsVersion } from './http-kinds.js';
import { joinPaths } from './join-paths.js';
import {
  Decoder,
  DecodingStopped,
  type Field,
  type FieldOptions,
  type Infer,
  REFUSED,
  type Report,
  bool,
  closest,
  embedded,
  goDuration,
  int,
  list,
  map,
  object,
  path,
  scalar,
  secret,
  text,
} from './schema/index.js';
import { quoteGo } from '../domain/matcher/index.js';
import type { Secret } from './secret.js';
import { parseYaml } from './yaml/parse.js';

const CIPHERS: readonly string[] = [
  'TLS_AES_128_GCM_SHA256',
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA',
  'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA',
  'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA',
  'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA',
  'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
  'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
  'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256',
  'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256',
];
const CURVES: readonly string[] = ['CurveP256', 'CurveP384', 'CurveP521', 'X25519'];
const CLIENT_AUTH = [
  'NoClientCert',
  'RequestClientCert',
  'RequireAnyClientCert',
  'VerifyClientCertIfGiven',
  'RequireAndVerifyClientCert',
] as const;
export type ClientAuth = (typeof CLIENT_AUTH)[number];

/** One of some names, refused where it stands. */
function oneOf(what: string, names: readonly string[], options: FieldOptions): Field<string> {
  return scalar<string>(
    {
      kind: 'text',
      initial: '',
      zero: '',
      goType: 'string',
      read(node, at, decoder) {
        const name = decoder.textOf(node, at);
        if (names.includes(name)) return name;
        decoder.refuse('invalid-value', node.position, at, `unknown ${what}: ${name}`, closest(name, names));
        return REFUSED;
      },
      print: (value) => value,
    },
    { ...options, choices: names },
  );
}

/** Unlike in http_config, null means the lowest that there is, which no one wants: it is the default here. */
function version(byDefault: TlsVersion, options: FieldOptions): Field<TlsVersion> {
  const field = tlsVersion(options);
  // With both ways to leave it out filled in, undefined never gets through.
  return { ...field, initial: byDefault, zero: byDefault } as Field<TlsVersion>;
}

const file = (help: string): Field<string | undefined> => path({ help, relativeTo: 'config' });

const tlsFields = {
  cert: text({ help: 'PEM text of the certificate.' }),
  key: secret({ help: 'PEM text of its key.' }),
  client_ca: text({ help: 'PEM text of the authorities for client certificates.' }),
  cert_file: file('File with the certificate; wins over cert.'),
  key_file: file('File with its key; wins over key.'),
  client_auth_type: text({ choices: CLIENT_AUTH, help: 'What is asked of clients.' }),
  client_ca_file: file('File with the authorities for client certificates.'),
  cipher_suites: list(oneOf('cipher', CIPHERS, {}), { goType: '[]web.Cipher', help: 'Cipher suites up to TLS 1.2.' }),
  curve_preferences: list(oneOf('curve', CURVES, {}), { goType: '[]web.Curve', help: 'Curves.' }),
  min_version: version('TLS12', { help: 'Lowest TLS version.' }),
  max_version: version('TLS13', { help: 'Highest TLS version.' }),
  prefer_server_cipher_suites: bool({ default: true, help: 'Our order of cipher suites counts.' }),
  client_allowed_sans: list(text({ default: '' }), { help: 'A client certificate must carry one of these names.' }),
};
type TlsServerFields = Infer<typeof tlsFields>;

/** Headers that may be set, and to what, where that is limited. */
const HEADERS: ReadonlyMap<string, readonly string[]> = new Map([
  ['Strict-Transport-Security', []],
  ['X-Content-Type-Options', ['nosniff']],
  ['X-Frame-Options', ['deny', 'sameorigin']],
  ['X-XSS-Protection', []],
  ['Content-Security-Policy', []],
]);

const httpFields = {
  http2: bool({ default: true, help: 'Offer HTTP/2, where there is TLS.' }),
  headers: map(text({ default: '' }), { help: 'Headers of every answer.' }),
};
const rateFields = {
  burst: int({ help: 'Requests at once.' }),
  interval: goDuration({ default: duration(0), bareNumbers: true, help: 'One more request each interval; 0 is off.' }),
};
const fields = {
  tls_server_config: embedded(object('web.TLSConfig', tlsFields), { help: 'TLS.' }),
  http_server_config: embedded(object('web.HTTPConfig', httpFields), { help: 'HTTP.' }),
  rate_limit: embedded(object('web.RateLimiterConfig', rateFields), { help: 'One bucket for all clients.' }),
  basic_auth_users: map(secret({ emptyCounts: true }), {
    goType: 'map[string]config.Secret',
    help: 'User to bcrypt hash.',
  }),
};
export const webConfigSchema = object('web.Config', fields);

/** TLS of our listeners. Certificate and key are there, each as text or as a file; the file wins. */
export interface TlsServerConfig extends Omit<TlsServerFields, 'clientAuthType'> {
  readonly clientAuth: ClientAuth;
}

export interface WebConfig {
  /** Undefined: plain HTTP. */
  readonly tls: TlsServerConfig | undefined;
  readonly http2: boolean;
  readonly headers: ReadonlyMap<string, string>;
  readonly rateLimit: Infer<typeof rateFields>;
  /** User to bcrypt hash; none: no authentication. */
  readonly users: ReadonlyMap<string, Secret>;
}

/** `file` is for messages, and its directory is where relative paths start. */
export function parseWebConfig(source: string, file?: string): Result<WebConfig> {
  const parsed = parseYaml(source, file);
  if (!parsed.ok) return parsed;
  const decoder = new Decoder({ mode: 'utf8' });
  try {
    const { root } = parsed.value;
    const read = root ? embedded(webConfigSchema).decode(root, '', decoder) : webConfigSchema.initial;
    if (read === REFUSED) return failed(...decoder.issues);
    const settings =
      file === undefined ? read : webConfigSchema.resolvePaths(read, (name) => joinPaths(dirname(file), name));
    const tls = checkAll(settings, read, decoder);
    if (decoder.issues.length > 0) return failed(...decoder.issues);
    const { httpServerConfig, rateLimit } = settings;
    // A hash that is null was refused above, as too short to be one.
    const users = new Map(
      [...settings.basicAuthUsers].flatMap(([user, hash]) => (hash ? [[user, hash] as const] : [])),
    );
    return ok({ tls, http2: httpServerConfig.http2, headers: httpServerConfig.headers, rateLimit, users });
  } catch (error) {
    if (error instanceof DecodingStopped) return failed(error.issue, ...decoder.issues);
    throw error;
  }
}

/** In the order in which they are noticed at start: headers, users, TLS. `read` is what positions are known of. */
function checkAll(
  settings: Infer<typeof fields>,
  read: Infer<typeof fields>,
  decoder: Decoder,
): TlsServerConfig | undefined {
  checkHeaders(settings.httpServerConfig.headers, decoder.reporterOf(read.httpServerConfig));
  for (const [user, hash] of settings.basicAuthUsers) {
    const problem = bcryptProblem(hash?.reveal() ?? '');
    if (problem === undefined) continue;
    const hint = `user ${user}: make one with htpasswd -nBC 10`;
    decoder.reporterOf(read)('invalid-value', 'basic_auth_users', problem, hint);
  }
  return checkTls(settings.tlsServerConfig, decoder.reporterOf(read.tlsServerConfig));
}

function checkHeaders(headers: ReadonlyMap<string, string>, report: Report): void {
  for (const [name, value] of headers) {
    const allowed = HEADERS.get(name);
    if (!allowed) {
      report(
        'invalid-value',
        'headers',
        `HTTP header ${quoteGo(name)} can not be configured`,
        closest(name, HEADERS.keys()),
      );
    } else if (allowed.length > 0 && !allowed.includes(value)) {
      const expected = `[${allowed.map(quoteGo).join(' ')}]`;
      report(
        'invalid-value',
        'headers',
        `invalid value for ${name}. Expected one of: ${expected}, but got: ${quoteGo(value)}`,
      );
    }
  }
}

function checkTls({ clientAuthType, ...tls }: TlsServerFields, report: Report): TlsServerConfig | undefined {
  const cert: ExclusiveSource[] = [
    ['cert', tls.cert],
    ['cert_file', tls.certFile],
  ];
  const key: ExclusiveSource[] = [
    ['key', tls.key],
    ['key_file', tls.keyFile],
  ];
  const clientCa: ExclusiveSource[] = [
    ['client_ca', tls.clientCa],
    ['client_ca_file', tls.clientCaFile],
  ];
  if (countSet([...cert, ...key, ...clientCa, ['client_auth_type', clientAuthType]]) === 0) return undefined;
  if (countSet(cert) === 0) report('missing-value', undefined, 'missing one of cert or cert_file', 'add cert_file');
  if (countSet(key) === 0) report('missing-value', undefined, 'missing one of key or key_file', 'add key_file');
  // The old name of the one that takes any certificate.
  const named = clientAuthType === 'RequireClientCert' ? 'RequireAnyClientCert' : (clientAuthType ?? 'NoClientCert');
  const clientAuth = CLIENT_AUTH.find((known) => known === named);
  if (!clientAuth) {
    report(
      'invalid-value',
      'client_auth_type',
      `invalid ClientAuth: ${clientAuthType ?? ''}`,
      closest(named, CLIENT_AUTH),
    );
  }
  if (countSet(clientCa) > 0 && clientAuth === 'NoClientCert') {
    const message = "client CA's have been configured without a Client Auth Policy";
    report('missing-value', undefined, message, 'add client_auth_type: RequireAndVerifyClientCert');
  }
  return clientAuth && { ...tls, clientAuth };
}

const MIN_HASH_LENGTH = 59;

/** Why a text is no bcrypt hash, in the words of Go's bcrypt; undefined when it is one. */
function bcryptProblem(hash: string): string | undefined {
  if (Buffer.byteLength(hash) < MIN_HASH_LENGTH) {
    return 'crypto/bcrypt: hashedSecret too short to be a bcrypted password';
  }
  if (!hash.startsWith('$')) {
    return `crypto/bcrypt: bcrypt hashes must start with '$', but hashedSecret started with '${hash[0] ?? ''}'`;
  }
  const version = hash[1] ?? '';
  if (version > '2') {
    return `crypto/bcrypt: bcrypt algorithm version '${version}' requested is newer than current version '2'`;
  }
  const costText = hash.slice(hash[2] === '$' ? 3 : 4).slice(0, 2);
  if (!/^[-+]?[0-9]+$/.test(costText)) return `strconv.Atoi: parsing ${quoteGo(costText)}: invalid syntax`;
  const cost = Number(costText);
  return cost < 4 || cost > 31 ? `crypto/bcrypt: cost ${cost} is outside allowed inclusive range 4..31` : undefined;
}
