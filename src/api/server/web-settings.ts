import type { Duration } from '../../domain/time/index.js';

/** What `--web.config.file` says, as far as requests are concerned. */
export interface WebSettings {
  /** User to bcrypt hash; empty: no authentication. */
  readonly users: ReadonlyMap<string, string>;
  readonly headers: ReadonlyMap<string, string>;
  readonly rateLimit: { readonly interval: Duration; readonly burst: number };
}
