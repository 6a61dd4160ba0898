/**
 * One `http_config` at work: for each request, and again for each redirect, it reads what comes from files, chooses the
 * proxy, adds what authenticates us, and keeps that from going where it does not belong.
 */
import { duration } from '../../domain/time/index.js';
import type { Clock } from '../clock.js';
import { type Authenticator, compileAuthenticator, formatBasic } from './authentication.js';
import { canonicalName, compileHeaders } from './custom-headers.js';
import { HttpError } from './errors.js';
import type { FlatHeaders } from './exchange.js';
import type { HttpClient, HttpRequest, HttpResponse } from './http-client.js';
import { type Environment, type ProxyChoice, compileProxyChoice } from './proxy.js';
import { BODY_HEADERS, MAX_HOPS, SENSITIVE_HEADERS, redirectOf, staysWithin } from './redirects.js';
import type { HttpSettings } from './settings.js';
import { type TlsMaterial, type TlsSource, checkSpoken, openTls } from './tls.js';
import { type Target, followLocation, parseTarget } from './target.js';
import type { Transport, TransportPool } from './transport.js';

const DEFAULT_RESPONSE_LIMIT = 2 ** 20;

export interface ClientParts {
  readonly transports: TransportPool;
  readonly clock: Clock;
  readonly environment: Environment;
  readonly userAgent: string;
  /** Instead of what the settings say by themselves; OAuth2. Wins over a header that the request already has. */
  readonly tokens: Authenticator | undefined;
  readonly onClose?: () => Promise<void>;
}

/** One request on its way through redirects. */
interface Leg {
  readonly target: Target;
  readonly method: string;
  readonly hasBody: boolean;
  /** A redirect has led away from where the secrets belong, once and for all. */
  readonly isForeign: boolean;
}

export class ConfiguredClient implements HttpClient {
  readonly #parts: ClientParts;
  readonly #tls: TlsSource;
  readonly #proxyFor: ProxyChoice;
  readonly #authenticate: Authenticator | undefined;
  readonly #customHeaders: ReturnType<typeof compileHeaders>;
  readonly #followsRedirects: boolean;
  readonly #http2: boolean;
  #lastTarget: { readonly text: string; readonly target: Target } | undefined;
  readonly #leases = new Map<string, { readonly tls: TlsMaterial; readonly transport: Transport }>();

  constructor(settings: HttpSettings, parts: ClientParts) {
    this.#parts = parts;
    this.#tls = openTls(settings.tlsConfig ?? {});
    this.#proxyFor = compileProxyChoice(settings, parts.environment);
    this.#authenticate = compileAuthenticator(settings);
    this.#customHeaders = compileHeaders(settings.httpHeaders);
    this.#followsRedirects = settings.followRedirects ?? true;
    this.#http2 = settings.enableHttp2 ?? true;
  }

  post(request: Omit<HttpRequest, 'method'>): Promise<HttpResponse> {
    return this.request({ ...request, method: 'POST' });
  }

  async request(request: HttpRequest): Promise<HttpResponse> {
    const target = this.#target(request);
    const watch = hasOwnTime(request) ? new Watch(request, this.#parts.clock) : undefined;
    try {
      return await this.#follow(request, target, watch ? watch.signal : request.signal);
    } catch (error) {
      if (watch?.timedOut) throw HttpError.timeout(request.method, request.timeoutMessage);
      if (request.signal?.aborted) throw HttpError.aborted(request.method, request.signal.reason);
      throw HttpError.of(request.method, error);
    } finally {
      watch?.stop();
    }
  }

  async close(): Promise<void> {
    for (const { transport } of this.#leases.values()) transport.release();
    this.#leases.clear();
    await this.#parts.onClose?.();
  }

  /** Most clients ask the same address again and again. */
  #target({ url, method }: HttpRequest): Target {
    if (url !== this.#lastTarget?.text) this.#lastTarget = { text: url, target: parseTarget(url, method) };
    return this.#lastTarget.target;
  }

  async #follow(request: HttpRequest, first: Target, signal: AbortSignal | undefined): Promise<HttpResponse> {
    let leg: Leg = { target: first, method: request.method, hasBody: true, isForeign: false };
    for (let hops = 1; ; hops++) {
      const response = await this.#exchange(request, leg, signal);
      const next = this.#followsRedirects ? nextLeg(leg, first, response) : undefined;
      if (!next) return response;
      if (hops >= MAX_HOPS) throw new Error(`stopped after ${MAX_HOPS} redirects`);
      leg = next;
    }
  }

  async #exchange(request: HttpRequest, leg: Leg, signal: AbortSignal | undefined): Promise<HttpResponse> {
    const headers = await this.#headers(request, leg, signal);
    const transport = await this.#transport(leg.target.url);
    signal?.throwIfAborted();
    const { method, target, hasBody } = leg;
    const body = hasBody ? request.body : undefined;
    const responseLimitBytes = request.responseLimitBytes ?? DEFAULT_RESPONSE_LIMIT;
    const { statusSuffices = false } = request;
    return transport.exchange({ method, target, headers, body, signal, responseLimitBytes, statusSuffices });
  }

  async #headers(request: HttpRequest, leg: Leg, signal: AbortSignal | undefined): Promise<FlatHeaders> {
    const headers: FlatHeaders = [];
    const given = Object.entries(request.headers ?? {});
    const has = (wanted: string): boolean => given.some(([name]) => name.toLowerCase() === wanted);
    const add = (name: string, value: string): void => {
      const key = name.toLowerCase();
      if (leg.isForeign && SENSITIVE_HEADERS.has(key)) return;
      if (!leg.hasBody && BODY_HEADERS.has(key)) return;
      headers.push(canonicalName(name), value);
    };
    if (!has('user-agent')) add('User-Agent', this.#parts.userAgent);
    const authorization = await this.#authorization(leg, has('authorization'), signal);
    for (const [name, value] of given)
      if (authorization === undefined || name.toLowerCase() !== 'authorization') add(name, value);
    // What the URL itself carries is for the URL's own host.
    if (authorization !== undefined) headers.push('Authorization', authorization);
    for (const [name, value] of await this.#customHeaders()) add(name, value);
    return headers;
  }

  /** Undefined: the request's own stays, if it has one. A token wins over it, names and passwords do not. */
  async #authorization(
    { target, isForeign }: Leg,
    isGiven: boolean,
    signal: AbortSignal | undefined,
  ): Promise<string | undefined> {
    if (this.#parts.tokens && !isForeign) return this.#parts.tokens(signal);
    if (isGiven && !isForeign) return undefined;
    const { url } = target;
    if (url.username !== '' || url.password !== '')
      return formatBasic(decodeURIComponent(url.username), decodeURIComponent(url.password));
    return isForeign ? undefined : this.#authenticate?.(signal);
  }

  async #transport(url: URL): Promise<Transport> {
    const proxy = this.#proxyFor(url);
    const tls = await this.#tls.current();
    const plain = url.protocol === 'http:';
    if (!plain) checkSpoken(tls);
    const id = `${url.protocol}${proxy ? ` ${proxy.protocol} ${proxy.host} ${proxy.port}` : ''}`;
    const lease = this.#leases.get(id);
    if (lease?.tls === tls) return lease.transport;
    const transport = this.#parts.transports.acquire({ tls, proxy, plain, http2: this.#http2 });
    this.#leases.set(id, { tls, transport });
    lease?.transport.release();
    return transport;
  }
}

function nextLeg(leg: Leg, first: Target, response: HttpResponse): Leg | undefined {
  const hop = redirectOf(response.status, leg.method);
  const location = response.headers.get('location');
  if (!hop || !location) return undefined;
  const target = followLocation(location, leg.target.url);
  return {
    target,
    method: hop.method,
    hasBody: leg.hasBody && hop.keepsBody,
    isForeign: leg.isForeign || !staysWithin(target.url.hostname, first.url.hostname),
  };
}

/** One signal for the caller's and for the request's own time. */
class Watch {
  timedOut = false;
  readonly #controller = new AbortController();
  readonly #stop: () => void;

  constructor({ signal, timeoutMs }: HttpRequest, clock: Clock) {
    const abort = (): void => this.#controller.abort(signal?.reason);
    if (signal?.aborted) abort();
    signal?.addEventListener('abort', abort, { once: true });
    const timer = clock.after(duration(timeoutMs as number), () => this.#expire());
    this.#stop = () => {
      signal?.removeEventListener('abort', abort);
      timer.cancel();
    };
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  stop(): void {
    this.#stop();
  }

  #expire(): void {
    this.timedOut = true;
    this.#controller.abort(new Error('timeout'));
  }
}

const hasOwnTime = ({ timeoutMs }: HttpRequest): boolean => timeoutMs !== undefined && timeoutMs > 0;
