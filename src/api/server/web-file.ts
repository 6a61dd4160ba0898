import { type TlsServerConfig, type WebConfig, parseWebConfig } from '../../config/web-config.js';
import { formatIssue } from '../../domain/issue/index.js';
import { fileError } from '../../platform/file-error.js';
import { readText } from '../../platform/read-text.js';
import { NO_WEB_SETTINGS, type TlsSettings, type WebSettings, type WebSettingsRead } from './web-settings.js';
import { WebSource } from './web-source.js';

/** What `--web.config.file` says, as it stands at each call. Throws at once when the file is wrong at the start. */
export function openWebFile(path: string): () => WebSettings {
  if (path === '') return () => NO_WEB_SETTINGS;
  const source = new WebSource(() => readWebFile(path));
  return () => source.current();
}

function readWebFile(path: string): WebSettingsRead {
  const files = [path];
  const read = (file: string): string => {
    files.push(file);
    return readWhole(file);
  };
  const parsed = parseWebConfig(readWhole(path), path);
  if (!parsed.ok) throw new Error(parsed.issues.map(formatIssue).join('\n  '));
  return { settings: settingsOf(parsed.value, read), files };
}

/** It is read between requests. A thousand users and their hashes take a hundred thousand. */
const MOST_BYTES = 256 * 1024;

function readWhole(path: string): string {
  try {
    return readText(path, MOST_BYTES);
  } catch (error) {
    throw fileError(error, path);
  }
}

const settingsOf = (config: WebConfig, read: (file: string) => string): WebSettings => ({
  users: new Map([...config.users].map(([user, hash]) => [user, hash.reveal()])),
  headers: config.headers,
  rateLimit: config.rateLimit,
  tls: config.tls && tlsOf(config.tls, read),
  http2: config.http2,
});

/** Of a text and a file the file wins. */
function tlsOf(tls: TlsServerConfig, read: (file: string) => string): TlsSettings {
  const clientCa = tls.clientCaFile === undefined ? tls.clientCa : read(tls.clientCaFile);
  return {
    certificate: tls.certFile === undefined ? (tls.cert ?? '') : read(tls.certFile),
    key: tls.keyFile === undefined ? (tls.key?.reveal() ?? '') : read(tls.keyFile),
    clientCa: clientCa === '' ? undefined : clientCa,
    clientAuth: tls.clientAuth,
    clientAllowedSans: tls.clientAllowedSans,
    minVersion: tls.minVersion,
    maxVersion: tls.maxVersion,
    cipherSuites: tls.cipherSuites,
    curvePreferences: tls.curvePreferences,
    preferServerCipherSuites: tls.preferServerCipherSuites,
  };
}
