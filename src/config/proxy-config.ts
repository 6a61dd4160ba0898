/** The settings that say which way to the server, the same for requests and for tokens. */
import { proxyUrl } from './http-kinds.js';
import { type Infer, type Report, bool, list, map, secret, text } from './schema/index.js';

export const proxyFields = {
  proxy_url: proxyUrl({ help: 'HTTP proxy.' }),
  no_proxy: text({ help: 'Hosts, domains, addresses and networks that are reached directly, separated by commas.' }),
  proxy_from_environment: bool({ default: false, help: 'Take the proxy from HTTP_PROXY, HTTPS_PROXY and NO_PROXY.' }),
  proxy_connect_header: map(list(secret({}), { goType: '[]config.Secret' }), {
    goType: 'config.ProxyHeader',
    help: 'Headers for the CONNECT request.',
  }),
};
export type ProxyConfig = Infer<typeof proxyFields>;

export function checkProxy(proxy: ProxyConfig, report: Report): void {
  const { noProxy, proxyFromEnvironment, proxyConnectHeader } = proxy;
  // A URL that is given but empty counts as none.
  const hasUrl = proxy.proxyUrl !== undefined && !proxy.proxyUrl.isEmpty;
  if (proxyConnectHeader.size > 0 && !proxyFromEnvironment && !hasUrl) {
    const message =
      'if proxy_connect_header is configured, proxy_url or proxy_from_environment must also be configured';
    report('missing-value', 'proxy_connect_header', message, 'add proxy_url');
  }
  if (proxyFromEnvironment && hasUrl) {
    const message = 'if proxy_from_environment is configured, proxy_url must not be configured';
    report('conflicting-values', 'proxy_url', message, 'keep one of them');
  }
  if (proxyFromEnvironment && noProxy !== undefined) {
    const message = 'if proxy_from_environment is configured, no_proxy must not be configured';
    report('conflicting-values', 'no_proxy', message, 'NO_PROXY of the environment is used then');
  }
  if (proxy.proxyUrl === undefined && !proxyFromEnvironment && noProxy !== undefined) {
    report(
      'missing-value',
      'no_proxy',
      'if no_proxy is configured, proxy_url must also be configured',
      'add proxy_url',
    );
  }
}
