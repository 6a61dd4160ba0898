import { describe, expect, it } from '@jest/globals';
import { publicAddress } from './external-url.js';

const CASES: [name: string, externalUrl: string, routePrefix: string, externalURL: string, prefix: string][] = [
  ['nothing given', '', '', 'http://host.example:9093', ''],
  ['a path', 'https://am.example/alerts', '', 'https://am.example/alerts', '/alerts'],
  ['a trailing slash', 'http://am.example/alerts/', '', 'http://am.example/alerts', '/alerts'],
  [
    'inner slashes stay',
    'http://am.example/////alertmanager//',
    '',
    'http://am.example/////alertmanager',
    '/alertmanager',
  ],
  ['only a host', 'http://am.example', '', 'http://am.example', ''],
  ['a prefix beats the path', 'http://am.example/a', '/b/', 'http://am.example/a', '/b'],
  ['served at the root behind a path', 'http://am.example/a', '/', 'http://am.example/a', ''],
];

describe('public address', () => {
  it.each(CASES)('%s', (_name, externalUrl, routePrefix, externalURL, prefix) => {
    expect(publicAddress({ externalUrl, routePrefix, hostname: 'host.example', port: 9093 })).toEqual({
      externalURL,
      routePrefix: prefix,
    });
  });

  it.each(['host:8080', 'ftp://x/', '://', 'http://', 'http:///path', 'http://a b/'])('refuses %s', (externalUrl) => {
    expect(() => publicAddress({ externalUrl, routePrefix: '', hostname: 'h', port: 1 })).toThrow('--web.external-url');
  });
});
