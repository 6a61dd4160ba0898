/** A signed claim about ourselves, for the grant type of RFC 7523. */
import { type KeyObject, createPrivateKey, sign } from 'node:crypto';

import type { Instant } from '../../domain/time/index.js';
import type { OAuth2Settings } from './settings.js';

export const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

const LIFETIME_SECONDS = 600;

const HASHES: Readonly<Record<string, string>> = { RS256: 'sha256', RS384: 'sha384', RS512: 'sha512' };

export interface Signing {
  /** RSA, as PEM. */
  readonly key: string;
  readonly id: string;
}

export function signAssertion(settings: OAuth2Settings, { key, id }: Signing, now: Instant): string {
  const { clientId = '', clientCertificateKeyId, iss, audience, tokenUrl = '', scopes = [], claims } = settings;
  const algorithm = settings.signatureAlgorithm || 'RS256';
  const seconds = Math.floor(now / 1000);
  const header = {
    alg: algorithm,
    ...(clientCertificateKeyId ? { kid: clientCertificateKeyId } : {}),
    typ: 'JWT',
  };
  const payload = {
    aud: audience || tokenUrl,
    exp: seconds + LIFETIME_SECONDS,
    iat: seconds,
    iss: iss || clientId,
    jti: id,
    sub: clientId,
    ...(scopes.length > 0 ? { scope: scopes.join(' ') } : {}),
    ...Object.fromEntries(claims ?? []),
  };
  const text = `${encode(header)}.${encode(payload)}`;
  return `${text}.${sign(HASHES[algorithm], Buffer.from(text), readKey(key)).toString('base64url')}`;
}

const encode = (part: object): string => Buffer.from(JSON.stringify(part, plain)).toString('base64url');

/** Claims come from the configuration, where a mapping is a Map and a long number a bigint. */
const plain = (_key: string, value: unknown): unknown =>
  value instanceof Map ? Object.fromEntries(value) : typeof value === 'bigint' ? Number(value) : value;

function readKey(pem: string): KeyObject {
  let key: KeyObject | undefined;
  try {
    key = createPrivateKey(pem);
  } catch {
    // Said below: what OpenSSL says of a text that is no key helps nobody.
  }
  if (key?.asymmetricKeyType !== 'rsa') throw new Error('invalid key: Key must be a PEM encoded PKCS1 or PKCS8 key');
  return key;
}
