import type { Proxy } from './proxy.js';
import type { TlsMaterial } from './tls.js';

/** What decides over which connections a request can go. */
export interface TransportKey {
  readonly tls: TlsMaterial;
  readonly http2: boolean;
  readonly proxy: Proxy | undefined;
  /** For http: rather than https: targets; matters only with a proxy. */
  readonly plain: boolean;
}
