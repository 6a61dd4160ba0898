/** undici takes some megabytes, which a process that speaks plain HTTP alone is not to pay for. */
import { expect, it } from '@jest/globals';
import { answerOf } from '../support/own-process.js';

/** Node's HTTP/2 comes with undici, and nothing else of the HTTP client asks for it. */
const isLoadedAfter = (...options: unknown[]): unknown =>
  answerOf(`
    const { createHttpClientFactory } = await import('./dist/platform/http-client/index.js');
    const { systemClock } = await import('./dist/platform/clock.js');
    const { systemIds } = await import('./dist/platform/ids.js');
    const factory = createHttpClientFactory({ clock: systemClock, ids: systemIds, version: '0', environment: {} });
    factory.client(...${JSON.stringify(options)});
    // When all that was begun has ended.
    process.on('exit', () => console.log(JSON.stringify(process.moduleLoadList.includes('NativeModule http2'))));
  `);

it.each([
  ['plain HTTP', false, [{}, { url: 'http://127.0.0.1/' }]],
  ['TLS', true, [{}, { url: 'https://127.0.0.1/' }]],
  ['an address that comes out of a template', true, [{}, { url: '{{ .CommonLabels.url }}' }]],
  ['an address that is not known yet', true, [{}]],
  ['what the environment says about proxies', true, [{ proxyFromEnvironment: true }, { url: 'http://127.0.0.1/' }]],
])('%s: loaded with the configuration: %s', (_what, loaded, options) => expect(isLoadedAfter(...options)).toBe(loaded));
