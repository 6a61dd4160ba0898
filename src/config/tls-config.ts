/** `tls_config`: how the other side proves who it is, and how we do. */
import { type ExclusiveSource, countSet, refuseSeveral } from './exclusive.js';
import { file, ref, tlsVersion } from './http-kinds.js';
import { type Infer, type Report, bool, object, secret, text } from './schema/index.js';

const fields = {
  ca: text({ help: 'PEM text of the authorities that replace the system roots.' }),
  cert: text({ help: 'PEM text of the client certificate.' }),
  key: secret({ help: 'PEM text of the client key.' }),
  ca_file: file('File with the authorities that replace the system roots.'),
  cert_file: file('File with the client certificate.'),
  key_file: file('File with the client key.'),
  ca_ref: ref(),
  cert_ref: ref(),
  key_ref: ref(),
  server_name: text({ help: 'Name for SNI and for checking the certificate.' }),
  insecure_skip_verify: bool({ default: false, alwaysPrinted: true, help: 'Accept any certificate.' }),
  min_version: tlsVersion({ help: 'Lowest TLS version; TLS12 when unset.' }),
  max_version: tlsVersion({ help: 'Highest TLS version; TLS13 when unset.' }),
};
export type TlsConfig = Infer<typeof fields>;

export const tlsConfigSchema = object('config.plain', fields, { check: checkTlsConfig });

function checkTlsConfig(tls: TlsConfig, report: Report): void {
  const ca: ExclusiveSource[] = [
    ['ca', tls.ca],
    ['ca_file', tls.caFile],
    ['ca_ref', tls.caRef],
  ];
  const cert: ExclusiveSource[] = [
    ['cert', tls.cert],
    ['cert_file', tls.certFile],
    ['cert_ref', tls.certRef],
  ];
  const key: ExclusiveSource[] = [
    ['key', tls.key],
    ['key_file', tls.keyFile],
    ['key_ref', tls.keyRef],
  ];
  refuseSeveral(report, ca, 'at most one of ca, ca_file & ca_ref must be configured');
  refuseSeveral(report, cert, 'at most one of cert, cert_file & cert_ref must be configured');
  refuseSeveral(report, key, 'at most one of key and key_file must be configured');
  if ((countSet(cert) === 0) === (countSet(key) === 0)) return;
  const [missing, given] = countSet(key) === 0 ? ['key', 'certificate'] : ['cert', 'key'];
  const message = `exactly one of ${missing} or ${missing}_file must be configured when a client ${given} is configured`;
  report('missing-value', undefined, message, `add ${missing}_file`);
}
