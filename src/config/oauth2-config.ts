/** `oauth2`: a token is fetched first, by client credentials or by a signed JWT. */
import { file, ref } from './http-kinds.js';
import { checkProxy, proxyFields } from './proxy-config.js';
import { type Infer, type Report, any, embedded, list, map, object, path, secret, text } from './schema/index.js';
import { tlsConfigSchema } from './tls-config.js';

const fields = {
  client_id: text({ required: true, help: 'Client identifier.' }),
  client_secret: secret({ help: 'Client secret.' }),
  client_secret_file: file('File with the client secret, read for each token.'),
  client_secret_ref: ref(),
  client_certificate_key_id: text({ help: 'Key identifier (kid) of the JWT.' }),
  client_certificate_key: secret({ help: 'PEM text of the RSA key that signs the JWT.' }),
  // Alertmanager leaves this one path relative to its working directory.
  client_certificate_key_file: path({ help: 'File with the RSA key that signs the JWT.' }),
  client_certificate_key_ref: ref(),
  grant_type: text({ help: 'client_credentials, or the JWT bearer grant of RFC 7523.' }),
  signature_algorithm: text({ choices: ['RS256', 'RS384', 'RS512'], help: 'Signature of the JWT, RS256 when unset.' }),
  iss: text({ help: 'Issuer of the JWT, the client identifier when unset.' }),
  audience: text({ help: 'Audience of the JWT, the token URL when unset.' }),
  claims: map(any(), { goType: 'map[string]interface {}', help: 'More claims for the JWT.' }),
  scopes: list(text({}), { help: 'Scopes to ask for.' }),
  token_url: text({ required: true, help: 'Where tokens are fetched.' }),
  endpoint_params: map(text({}), { help: 'More parameters for the token request.' }),
  tls_config: embedded(tlsConfigSchema, { help: 'TLS of the token request.' }),
  ...proxyFields,
};
export type OAuth2 = Infer<typeof fields>;

export const oauth2Schema = object('config.plain', fields, { check: checkProxy });

export const JWT_BEARER_GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const ALGORITHMS: readonly (string | undefined)[] = [undefined, 'RS256', 'RS384', 'RS512'];

/** Rules that Alertmanager applies when the http_config around it is complete; `report` is that of the http_config. */
export function checkOAuth2(oauth2: OAuth2, report: Report): void {
  if (oauth2.clientId === undefined) report('missing-value', 'oauth2', 'oauth2 client_id must be configured');
  if (oauth2.tokenUrl === undefined) report('missing-value', 'oauth2', 'oauth2 token_url must be configured');
  const { clientSecret, clientSecretFile, clientSecretRef } = oauth2;
  const { clientCertificateKey, clientCertificateKeyFile, clientCertificateKeyRef } = oauth2;
  const refuseMany = (keys: string, grant: string, sources: readonly unknown[]): void => {
    if (sources.filter((source) => source !== undefined).length < 2) return;
    const message = `at most one of oauth2 ${keys} must be configured using grant-type=${grant}`;
    report('conflicting-values', 'oauth2', message, 'keep one of them');
  };
  if (oauth2.grantType !== JWT_BEARER_GRANT) {
    const keys = 'client_secret, client_secret_file & client_secret_ref';
    refuseMany(keys, 'client_credentials', [clientSecret, clientSecretFile, clientSecretRef]);
    return;
  }
  const keys = 'client_certificate_key, client_certificate_key_file & client_certificate_key_ref';
  refuseMany(keys, JWT_BEARER_GRANT, [clientCertificateKey, clientCertificateKeyFile, clientCertificateKeyRef]);
  if (!ALGORITHMS.includes(oauth2.signatureAlgorithm)) {
    report('invalid-value', 'oauth2', 'valid signature algorithms are RS256, RS384 and RS512');
  }
}
