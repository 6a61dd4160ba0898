import type { CancelSignal } from '../cancel-signal.js';
import type { HttpSettings } from './settings.js';

/**
 * Outbound HTTP as the integrations see it. What `http_config` says (credentials, TLS, proxy, headers, redirects) is
 * applied below this line; above it there is a request and an answer.
 */
export interface HttpClient {
  /** Any status is an answer. Throws HttpError for everything else, and nothing that it says holds a secret. */
  request(request: HttpRequest): Promise<HttpResponse>;
  post(request: Omit<HttpRequest, 'method'>): Promise<HttpResponse>;
  /** Lets go of the connections once what is under way has ended. */
  close(): Promise<void>;
}

export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | undefined;
  readonly signal?: CancelSignal | undefined;
  /** For this request with all its redirects; none when undefined or not above zero. */
  readonly timeoutMs?: number | undefined;
  /** What to say when that time is up. */
  readonly timeoutMessage?: string | undefined;
  /** How much of the answer is kept, 1 MiB by default; the rest is thrown away. */
  readonly responseLimitBytes?: number;
  /** The status says it all: once it is there, a body that is cut off or does not come makes no failure. */
  readonly statusSuffices?: boolean;
}

export interface HttpResponse {
  readonly status: number;
  /** Lower-case names; repeated ones joined by a comma. */
  readonly headers: ReadonlyMap<string, string>;
  readonly bytes: Uint8Array;
  /** The body as UTF-8. */
  readonly text: string;
}

export interface HttpClientOptions {
  /** `Alertmanager/<version>` by default; null sends none (Go's own name goes out where Alertmanager sets none). */
  readonly userAgent?: string;
  /** The one address that it will ask first, where that is known. */
  readonly url?: string | undefined;
}

export interface HttpClientFactory {
  /** Throws when it cannot be built (an unreadable TLS file, an unusable certificate): the message says which. */
  client(settings: HttpSettings | undefined, options?: HttpClientOptions): HttpClient;
  /** Closes what is still open. */
  close(): void;
}
