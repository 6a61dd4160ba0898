import type { Secret } from '../../config/secret.js';

/**
 * The part of `http_config` that matters for sending, with its YAML keys in camelCase.
 * What is not set may be undefined or empty. At most one source of each value is given: the configuration saw to that.
 */
export interface HttpSettings {
  readonly basicAuth?: BasicAuthSettings | undefined;
  readonly authorization?: AuthorizationSettings | undefined;
  readonly oauth2?: OAuth2Settings | undefined;
  readonly bearerToken?: Secret | undefined;
  readonly bearerTokenFile?: string | undefined;
  readonly tlsConfig?: TlsSettings | undefined;
  readonly followRedirects?: boolean | undefined;
  readonly enableHttp2?: boolean | undefined;
  readonly proxyUrl?: Secret | undefined;
  readonly noProxy?: string | undefined;
  readonly proxyFromEnvironment?: boolean | undefined;
  readonly proxyConnectHeader?: ReadonlyMap<string, readonly (Secret | undefined)[]> | undefined;
  readonly httpHeaders?: ReadonlyMap<string, HeaderSettings> | undefined;
}

export interface BasicAuthSettings {
  readonly username?: string | undefined;
  readonly usernameFile?: string | undefined;
  readonly usernameRef?: string | undefined;
  readonly password?: Secret | undefined;
  readonly passwordFile?: string | undefined;
  readonly passwordRef?: string | undefined;
}

export interface AuthorizationSettings {
  readonly type?: string | undefined;
  readonly credentials?: Secret | undefined;
  readonly credentialsFile?: string | undefined;
  readonly credentialsRef?: string | undefined;
}

export interface HeaderSettings {
  readonly values?: readonly (string | undefined)[] | undefined;
  readonly secrets?: readonly (Secret | undefined)[] | undefined;
  readonly files?: readonly (string | undefined)[] | undefined;
}

export interface ProxySettings {
  readonly proxyUrl?: Secret | undefined;
  readonly noProxy?: string | undefined;
  readonly proxyFromEnvironment?: boolean | undefined;
  readonly proxyConnectHeader?: ReadonlyMap<string, readonly (Secret | undefined)[]> | undefined;
}

export interface OAuth2Settings extends ProxySettings {
  readonly clientId?: string | undefined;
  readonly clientSecret?: Secret | undefined;
  readonly clientSecretFile?: string | undefined;
  readonly clientSecretRef?: string | undefined;
  readonly clientCertificateKeyId?: string | undefined;
  readonly clientCertificateKey?: Secret | undefined;
  readonly clientCertificateKeyFile?: string | undefined;
  readonly clientCertificateKeyRef?: string | undefined;
  readonly grantType?: string | undefined;
  readonly signatureAlgorithm?: string | undefined;
  readonly iss?: string | undefined;
  readonly audience?: string | undefined;
  readonly claims?: ReadonlyMap<string, unknown> | undefined;
  readonly scopes?: readonly (string | undefined)[] | undefined;
  readonly tokenUrl?: string | undefined;
  readonly endpointParams?: ReadonlyMap<string, string | undefined> | undefined;
  readonly tlsConfig?: TlsSettings | undefined;
}

export interface TlsSettings {
  readonly ca?: string | undefined;
  readonly caFile?: string | undefined;
  readonly caRef?: string | undefined;
  readonly cert?: string | undefined;
  readonly certFile?: string | undefined;
  readonly certRef?: string | undefined;
  readonly key?: Secret | undefined;
  readonly keyFile?: string | undefined;
  readonly keyRef?: string | undefined;
  readonly serverName?: string | undefined;
  readonly insecureSkipVerify?: boolean | undefined;
  readonly minVersion?: string | undefined;
  readonly maxVersion?: string | undefined;
}
