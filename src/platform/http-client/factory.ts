import { connect as connectPlain } from 'node:net';
import type { Clock } from '../clock.js';
import type { Ids } from '../ids.js';
import { ConfiguredClient, type ClientParts } from './configured-client.js';
import type { HttpClient, HttpClientFactory } from './http-client.js';
import { TokenSource } from './oauth2.js';
import type { Environment } from './proxy.js';
import type { HttpSettings, OAuth2Settings } from './settings.js';
import type { Connect } from './plain/connection.js';
import { TransportPool, loadAgents } from './transport.js';

export interface HttpClientFactoryOptions {
  readonly clock: Clock;
  readonly ids: Ids;
  /** The Alertmanager that we say we are: some receivers let `Alertmanager/…` in and nothing else. */
  readonly version: string;
  /** Where `proxy_from_environment` looks. */
  readonly environment?: Environment;
  /** Where plain connections come from: the network, but for who plays with ones that lead nowhere. */
  readonly connect?: Connect;
}

export function createHttpClientFactory(options: HttpClientFactoryOptions): HttpClientFactory {
  const { clock, ids, version, environment = process.env, connect = connectPlain } = options;
  const transports = new TransportPool(connect);
  const build = (settings: HttpSettings, parts: Partial<ClientParts>): HttpClient =>
    new ConfiguredClient(settings, {
      transports,
      clock,
      environment,
      userAgent: `Alertmanager/${version}`,
      tokens: undefined,
      ...parts,
    });

  return {
    client(settings = {}, { userAgent = `Alertmanager/${version}`, url } = {}) {
      // What does not load is told by the request that needs it.
      if (!isPlain(settings, url)) loadAgents().catch(() => {});
      if (!settings.oauth2) return build(settings, { userAgent });
      const client = build(tokenEndpointSettings(settings.oauth2), { userAgent });
      const source = new TokenSource(settings.oauth2, { client, clock, ids });
      return build(settings, { userAgent, tokens: () => source.authorization(), onClose: () => client.close() });
    },
    close: () => transports.destroy(),
  };
}

/** Whether it is known that its requests are for the plain transport, but for redirects. */
const isPlain = (settings: HttpSettings, url: string | undefined): boolean =>
  (url?.startsWith('http://') ?? false) &&
  !settings.proxyUrl &&
  !settings.proxyFromEnvironment &&
  !settings.httpHeaders?.size &&
  !settings.oauth2;

/** The token's own TLS and proxy: nothing is taken over from the request that needs it. */
const tokenEndpointSettings = (settings: OAuth2Settings): HttpSettings => ({
  tlsConfig: settings.tlsConfig,
  proxyUrl: settings.proxyUrl,
  noProxy: settings.noProxy,
  proxyFromEnvironment: settings.proxyFromEnvironment,
  proxyConnectHeader: settings.proxyConnectHeader,
  enableHttp2: false,
});
