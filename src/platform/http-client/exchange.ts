/** One request as it goes out, redirects and credentials being settled, with how much of its answer is wanted. */
import type { CancelSignal } from '../cancel-signal.js';
import type { Target } from './target.js';

/** Name and value in turn, so that a name can stand more than once. */
export type FlatHeaders = string[];

export interface Exchange {
  readonly method: string;
  readonly target: Target;
  /** Not changed any more, and perhaps the same for many. */
  readonly headers: FlatHeaders;
  readonly body: string | Uint8Array | undefined;
  readonly signal: CancelSignal | undefined;
  readonly responseLimitBytes: number;
  readonly statusSuffices: boolean;
}
