import { type PeerCertificate, type SecureContextOptions, type SecureVersion, TLSSocket } from 'node:tls';

import type { Tls } from './node-server.js';
import type { TlsSettings, TlsVersion, WebSettings } from './web-settings.js';

/**
 * TLS as `tls_server_config` asks for it. Whether there is TLS and HTTP/2 is settled at the start; certificates are renewed
 * when their files change. Facts: reference "HTTP interface", section 10.
 */
export function createTls(settings: () => WebSettings): Tls | undefined {
  const { tls: first, http2 } = settings();
  if (!first) return undefined;
  let known = first;
  const asksForCertificate = first.clientAuth !== 'NoClientCert';
  return {
    http2,
    options: {
      ...contextOf(first),
      requestCert: asksForCertificate,
      // Who must be refused is: what is merely wanted is looked at in mayPass.
      rejectUnauthorized: first.clientAuth === 'RequireAndVerifyClientCert',
    },
    renewed() {
      const now = currentTls(settings, known);
      if (now === known) return undefined;
      known = now;
      return contextOf(now);
    },
    mayPass: (socket) => socket instanceof TLSSocket && mayPass(socket, known),
  };
}

/** While the files cannot be read, connections go on with what was read last; requests then say that something is wrong. */
function currentTls(settings: () => WebSettings, known: TlsSettings): TlsSettings {
  try {
    return settings().tls ?? known;
  } catch {
    return known;
  }
}

const VERSIONS: Readonly<Record<TlsVersion, SecureVersion>> = {
  TLS10: 'TLSv1',
  TLS11: 'TLSv1.1',
  TLS12: 'TLSv1.2',
  TLS13: 'TLSv1.3',
};

const contextOf = (tls: TlsSettings): SecureContextOptions => ({
  cert: tls.certificate,
  key: tls.key,
  ...(tls.clientCa === undefined ? {} : { ca: tls.clientCa }),
  minVersion: VERSIONS[tls.minVersion],
  maxVersion: VERSIONS[tls.maxVersion],
  honorCipherOrder: tls.preferServerCipherSuites,
  ...(tls.cipherSuites.length === 0 ? {} : { ciphers: tls.cipherSuites.map(cipherName).join(':') }),
  ...(tls.curvePreferences.length === 0 ? {} : { ecdhCurve: tls.curvePreferences.map(curveName).join(':') }),
});

function mayPass(socket: TLSSocket, { clientAuth, clientAllowedSans }: TlsSettings): boolean {
  const certificate = socket.getPeerCertificate();
  const isGiven = Object.keys(certificate).length > 0;
  if (clientAuth === 'RequireAnyClientCert' && !isGiven) return false;
  if (clientAuth === 'VerifyClientCertIfGiven' && isGiven && !socket.authorized) return false;
  return clientAllowedSans.length === 0 || clientAllowedSans.some((name) => namesOf(certificate).includes(name));
}

/** `DNS:a, IP Address:1.2.3.4, URI:spiffe://x, email:a@b`; a name with odd characters is quoted as JSON. */
function namesOf({ subjectaltname }: Partial<PeerCertificate>): readonly string[] {
  const names: string[] = [];
  for (const [, plain, quoted] of (subjectaltname ?? '').matchAll(
    /(?:DNS|IP Address|URI|email):(?:("(?:[^"\\]|\\.)*")|([^,]*))/g,
  )) {
    if (quoted !== undefined) names.push(quoted);
    else if (plain !== undefined) names.push(JSON.parse(plain) as string);
  }
  return names;
}

/** TLS 1.3 names are the same on both sides; the older ones are OpenSSL's here. */
function cipherName(name: string): string {
  if (!name.includes('_WITH_')) return name;
  const [exchange = '', cipher = ''] = name.replace(/^TLS_/, '').split('_WITH_');
  const written = cipher.replace('3DES_EDE_CBC', 'DES-CBC3').replace(/CHACHA20_POLY1305.*/, 'CHACHA20-POLY1305');
  const short = written
    .replace(/AES_(\d+)_CBC/, 'AES$1')
    .replace(/AES_(\d+)_GCM/, 'AES$1-GCM')
    .replaceAll('_', '-');
  return exchange === 'RSA' ? short : `${exchange.replaceAll('_', '-')}-${short}`;
}

const CURVES: Readonly<Record<string, string>> = {
  CurveP256: 'prime256v1',
  CurveP384: 'secp384r1',
  CurveP521: 'secp521r1',
};

const curveName = (name: string): string => CURVES[name] ?? name;
