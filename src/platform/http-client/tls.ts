/**
 * `tls_config` for Node: which authorities are trusted, which certificate we show, which versions we speak.
 *
 * Files must be readable and usable when a client is built, and are read again for each request: a renewed certificate
 * is taken without a reload, over new connections.
 */
import { X509Certificate, createHash } from 'node:crypto';
import { type SecureContextOptions, type SecureVersion, createSecureContext } from 'node:tls';

import { type ValueSource, valueSource } from './credentials.js';
import { wrapError } from './errors.js';
import type { TlsSettings } from './settings.js';

/** What a connection needs, ready for node:tls. `identity` is equal for equal content: connections are pooled by it. */
export interface TlsMaterial {
  readonly identity: string;
  readonly options: SecureContextOptions & { readonly servername?: string; readonly rejectUnauthorized?: boolean };
}

export interface TlsSource {
  /** What the files say now; the same object while they say the same. Without files it is there at once. */
  current(): TlsMaterial | Promise<TlsMaterial>;
}

/** Without a lower bound it is TLS 1.2, which an upper bound below it contradicts: said at the request, as Go does. */
export function checkSpoken({ options: { minVersion, maxVersion } }: TlsMaterial): void {
  if (maxVersion !== undefined && maxVersion < (minVersion ?? 'TLSv1.2'))
    throw new Error('tls: no supported versions satisfy MinVersion and MaxVersion');
}

interface Pems {
  readonly ca: string | undefined;
  readonly cert: string | undefined;
  readonly key: string | undefined;
}

/** Throws when something cannot be read or used; the message names it. */
export function openTls(settings: TlsSettings): TlsSource {
  checkVersions(settings);
  const sources = {
    ca: valueSource(settings.ca, settings.caFile, settings.caRef),
    cert: valueSource(settings.cert, settings.certFile, settings.certRef),
    key: valueSource(settings.key, settings.keyFile, settings.keyRef),
  };
  const pems = readPemsNow(sources);
  let material = materialOf(settings, sources, pems);
  const changes = [sources.ca, sources.cert, sources.key].some((source) => source?.isFile);
  if (!changes) return { current: () => material };

  let seen = pems;
  return {
    async current() {
      const now = await readPems(sources);
      if (now.ca === seen.ca && now.cert === seen.cert && now.key === seen.key) return material;
      material = materialOf(settings, sources, now);
      seen = now;
      return material;
    },
  };
}

type Sources = { readonly [K in keyof Pems]: ValueSource | undefined };

const NAMES: { readonly [K in keyof Pems]: string } = { ca: 'CA cert', cert: 'client cert', key: 'client key' };

function readPemsNow(sources: Sources): Pems {
  const read = (kind: keyof Pems): string | undefined => {
    try {
      return sources[kind]?.readNow();
    } catch (error) {
      throw unreadable(kind, error);
    }
  };
  return { ca: read('ca'), cert: read('cert'), key: read('key') };
}

async function readPems(sources: Sources): Promise<Pems> {
  const read = async (kind: keyof Pems): Promise<string | undefined> => {
    try {
      return await sources[kind]?.read();
    } catch (error) {
      throw unreadable(kind, error);
    }
  };
  const [ca, cert, key] = await Promise.all([read('ca'), read('cert'), read('key')]);
  return { ca, cert, key };
}

const unreadable = (kind: keyof Pems, error: unknown): Error =>
  wrapError(`unable to read ${kind === 'ca' ? '' : 'specified '}${NAMES[kind]}`, error);

function materialOf(settings: TlsSettings, sources: Sources, { ca, cert, key }: Pems): TlsMaterial {
  if (ca !== undefined && !holdsCertificate(ca))
    throw new Error(`unable to use specified CA cert ${sources.ca?.description}`);
  const min = settings.minVersion ? VERSIONS[settings.minVersion] : undefined;
  const max = settings.maxVersion ? VERSIONS[settings.maxVersion] : undefined;
  const options: TlsMaterial['options'] = {
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
    ...(settings.serverName ? { servername: settings.serverName } : {}),
    ...(settings.insecureSkipVerify ? { rejectUnauthorized: false } : {}),
    ...(min === undefined ? {} : { minVersion: min }),
    ...(max === undefined ? {} : { maxVersion: max }),
    // OpenSSL knows the ciphers of the old versions only below its usual level of security.
    ...(isOld(min) || isOld(max) ? { ciphers: 'DEFAULT@SECLEVEL=0' } : {}),
  };
  if (cert !== undefined && key !== undefined) checkPair(options, sources);
  // Hashed, since it becomes a key of a map and the private key has no business there.
  return { identity: createHash('sha256').update(JSON.stringify(options)).digest('hex'), options };
}

function checkPair(options: SecureContextOptions, { cert, key }: Sources): void {
  try {
    createSecureContext(options);
  } catch (error) {
    throw wrapError(`unable to use specified client cert (${cert?.description}) & key (${key?.description})`, error);
  }
}

/** One that can be read is enough; what else is in the file does not matter. */
function holdsCertificate(pem: string): boolean {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return blocks.some((block) => {
    try {
      return new X509Certificate(block).fingerprint !== '';
    } catch {
      return false;
    }
  });
}

const VERSIONS: Readonly<Record<string, SecureVersion>> = {
  TLS10: 'TLSv1',
  TLS11: 'TLSv1.1',
  TLS12: 'TLSv1.2',
  TLS13: 'TLSv1.3',
};

const isOld = (version: SecureVersion | undefined): boolean => version === 'TLSv1' || version === 'TLSv1.1';

function checkVersions({ minVersion, maxVersion }: TlsSettings): void {
  if (minVersion && maxVersion && maxVersion < minVersion)
    throw new Error(
      'tls_config.max_version must be greater than or equal to tls_config.min_version if both are specified',
    );
}
