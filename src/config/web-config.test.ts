import { describe, expect, it } from '@jest/globals';
import { parseWebConfig } from './web-config.js';

const TLS = 'tls_server_config:\n  cert_file: c.pem\n  key_file: k.pem\n';
const users = (hash: string): string => `basic_auth_users:\n  a: "${hash}"\n`;

describe('the web configuration', () => {
  it.each([
    ['', undefined],
    [TLS, undefined],
    [`${TLS}  client_auth_type: RequireClientCert\n  client_ca_file: ca.pem\n`, undefined],
    ['http_server_config: {headers: {X-Frame-Options: deny}}', undefined],
    [users(`$2y$10$${'a'.repeat(53)}`), undefined],
    ['foo: 1', 'field foo not found in type web.Config'],
    [`${TLS}  min_version: x\n`, 'unknown TLS version: x'],
    [`${TLS}  cipher_suites: [x]\n`, 'unknown cipher: x'],
    [`${TLS}  curve_preferences: [x]\n`, 'unknown curve: x'],
    [`${TLS}  client_auth_type: x\n`, 'invalid ClientAuth: x'],
    [`${TLS}  client_ca: x\n`, "client CA's have been configured without a Client Auth Policy"],
    ['tls_server_config: {cert_file: c.pem}', 'missing one of key or key_file'],
    ['tls_server_config: {key_file: k.pem}', 'missing one of cert or cert_file'],
    ['http_server_config: {headers: {X-Foo: y}}', 'HTTP header "X-Foo" can not be configured'],
    [
      'http_server_config: {headers: {X-Frame-Options: x}}',
      'invalid value for X-Frame-Options. Expected one of: ["deny" "sameorigin"], but got: "x"',
    ],
    [users('x'), 'crypto/bcrypt: hashedSecret too short to be a bcrypted password'],
    [
      users(`$3y$10$${'a'.repeat(53)}`),
      "crypto/bcrypt: bcrypt algorithm version '3' requested is newer than current version '2'",
    ],
    [users(`$2y$99$${'a'.repeat(53)}`), 'crypto/bcrypt: cost 99 is outside allowed inclusive range 4..31'],
    ['rate_limit: {interval: 1d}', 'cannot unmarshal !!str `1d` into time.Duration'],
  ])('%j', (text, message) => {
    const parsed = parseWebConfig(text, '/etc/web.yml');
    expect(parsed.ok ? undefined : parsed.issues[0]?.message).toBe(message);
  });

  it('has defaults, and files relative to its own directory', () => {
    const parsed = parseWebConfig(TLS, '/etc/am/web.yml');
    expect(parsed.ok && parsed.value).toMatchObject({
      http2: true,
      rateLimit: { interval: 0, burst: 0 },
      tls: {
        certFile: '/etc/am/c.pem',
        clientAuth: 'NoClientCert',
        minVersion: 'TLS12',
        preferServerCipherSuites: true,
      },
    });
  });
});
