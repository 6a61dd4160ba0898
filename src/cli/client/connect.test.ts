/** How a router is reached. */
import { describe, expect, it } from '@jest/globals';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { apiStatus, cannedRouter, failure, scratchFiles, tool } from '../../../test/support/canned-router.js';
import { VirtualClock } from '../../../test/support/virtual-clock.js';

const router = cannedRouter();
const scratch = scratchFiles();

describe('the way to a router', () => {
  it.each([
    ['0.25.0', 'Warning: tocsin version (0.34.0) and alertmanager version (0.25.0) are different.\n'],
    ['0.34.7', ''],
    ['', ''],
  ])('warns about another version than its own: %j', async (version, warning) => {
    router.answer('GET /api/v2/alerts', []);
    router.answer('GET /api/v2/status', apiStatus(version));
    expect((await tool([`--alertmanager.url=${router.url}`, 'alert'])).err).toBe(warning);
  });

  it('takes user and password from the URL and shows neither', async () => {
    router.answer('GET /prefix/api/v2/alerts', []);
    const withUser = router.url.replace('//', '//me:s%40crt@');
    expect(
      (await tool([`--alertmanager.url=${withUser}/prefix//`, '--no-version-check', '-v', 'alert'])).err,
    ).not.toMatch(/s@crt|s%40crt/);
    expect(router.seen[0]?.authorization).toBe(`Basic ${Buffer.from('me:s@crt').toString('base64')}`);
  });

  it('takes host and port for a URL', async () => {
    router.answer('GET /api/v2/alerts', []);
    expect(
      (await tool([`--alertmanager.url=${router.url.slice('http://'.length)}`, '--no-version-check', 'alert'])).code,
    ).toBe(0);
  });

  it.each([
    ['ftp://x', 'unsupported protocol scheme "ftp" in --alertmanager.url'],
    ['http://u:secret@x:y', '--alertmanager.url is not a URL: http://x:y'],
  ])('refuses %s', async (address, message) => {
    expect(await tool([`--alertmanager.url=${address}`, 'alert'])).toEqual(failure(message));
  });

  it('follows redirects', async () => {
    router.answer('GET /api/v2/alerts', '', 308, { location: '/elsewhere' });
    router.answer('GET /elsewhere', []);
    expect((await router.ask(['alert'])).code).toBe(0);
    expect(router.seen.at(-1)?.line).toBe('GET /elsewhere');
  });

  it('uses the HTTP client of the configuration when there is one', async () => {
    router.answer('GET /api/v2/alerts', []);
    scratch('password', 'pw\n');
    const file = scratch('http.yml', 'basic_auth:\n  username: u\n  password_file: password\n');
    expect(await router.ask([`--http.config.file=${file}`, 'alert', '-o', 'json'])).toEqual({
      out: '[]\n',
      err: '',
      code: 0,
    });
    expect(router.seen[0]?.authorization).toBe(`Basic ${Buffer.from('u:pw').toString('base64')}`);
  });

  it('tells where the HTTP configuration is wrong', async () => {
    const file = scratch('bad.yml', 'basic_auth:\n  foo: u\n');
    const { err, code } = await router.ask([`--http.config.file=${file}`, 'alert']);
    expect([err, code]).toEqual([
      expect.stringContaining(`failed to load HTTP config file: ${file}:2:3: basic_auth.foo: `),
      1,
    ]);
  });

  it('tells on demand what is asked', async () => {
    router.answer('GET /api/v2/alerts', []);
    expect((await router.ask(['-v', 'alert', 'x'])).err).toMatch(
      /^GET http:\S+\?active=true&filter=alertname%3D%22x%22&\S+ 200 in \d+ ms\n$/,
    );
  });

  it('gives up after the timeout', async () => {
    const clock = new VirtualClock();
    const silent = createServer(() => void clock.advance(30_000));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const silentUrl = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const { err } = await tool([`--alertmanager.url=${silentUrl}`, '--no-version-check', 'cluster'], { clock });
    silent.closeAllConnections();
    silent.close();
    expect(err).toBe(failure(`Get "${silentUrl}/api/v2/status": context deadline exceeded`).err);
  });
});
