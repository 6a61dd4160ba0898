import { type Duration, duration } from '../../domain/time/index.js';

/** What `--web.config.file` says, read and checked. */
export interface WebSettings {
  /** User to bcrypt hash; empty: no authentication. */
  readonly users: ReadonlyMap<string, string>;
  readonly headers: ReadonlyMap<string, string>;
  readonly rateLimit: { readonly interval: Duration; readonly burst: number };
  /** Undefined: plain HTTP. */
  readonly tls: TlsSettings | undefined;
  /** Offer HTTP/2, where there is TLS. */
  readonly http2: boolean;
}

export type ClientAuth =
  | 'NoClientCert'
  | 'RequestClientCert'
  | 'RequireAnyClientCert'
  | 'VerifyClientCertIfGiven'
  | 'RequireAndVerifyClientCert';

export type TlsVersion = 'TLS10' | 'TLS11' | 'TLS12' | 'TLS13';

/** Certificates as PEM text, from the file itself or from those it names. */
export interface TlsSettings {
  readonly certificate: string;
  readonly key: string;
  readonly clientCa: string | undefined;
  readonly clientAuth: ClientAuth;
  /** A client's certificate must carry one of these names; none: any certificate will do. */
  readonly clientAllowedSans: readonly string[];
  readonly minVersion: TlsVersion;
  readonly maxVersion: TlsVersion;
  /** Go's names; empty: the runtime's own choice. */
  readonly cipherSuites: readonly string[];
  readonly curvePreferences: readonly string[];
  readonly preferServerCipherSuites: boolean;
}

/** Without a file. */
export const NO_WEB_SETTINGS: WebSettings = {
  users: new Map(),
  headers: new Map(),
  rateLimit: { interval: duration(0), burst: 0 },
  tls: undefined,
  http2: true,
};

/** The settings and the files that they came from. */
export interface WebSettingsRead {
  readonly settings: WebSettings;
  readonly files: readonly string[];
}
