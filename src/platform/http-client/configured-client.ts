/**
 * One `http_config` at work: for each request, and again for each redirect, it reads what comes from files, chooses the
 * proxy, adds what authenticates us, and keeps that from going where it does not belong.
 *
 * Most have nothing of this, and send one kind of request to one address: then there is nothing to wait for before the
 * answer, and what was made for the last request is there for the next.
 */
import { duration } from '../../domain/time/index.js';
import type { CancelSignal } from '../cancel-signal.js';
import type { Clock } from '../clock.js';
import { type Authenticator, compileAuthenticator, formatBasic } from './authentication.js';
import { type Header, canonicalName, compileHeaders } from './custom-headers.js';
import { HttpError } from './errors.js';
import type { Exchange, FlatHeaders } from './exchange.js';
import type { HttpClient, HttpRequest, HttpResponse } from './http-client.js';
import { type Environment, type Proxy, type ProxyChoice, compileProxyChoice } from './proxy.js';
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

/** By which way a target is reached, but for TLS, which may change from request to request. */
interface Route {
  readonly target: Target;
  readonly proxy: Proxy | undefined;
  readonly plain: boolean;
  /** Of the connections that can be used for it. */
  readonly id: string;
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
  #lastRoute: Route | undefined;
  #lastHeaders: { readonly given: HttpRequest['headers']; readonly flat: FlatHeaders } | undefined;
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
    const signal = watch ? watch.signal : request.signal;
    const first: Leg = { target, method: request.method, hasBody: true, isForeign: false };
    try {
      const response = await this.#exchange(request, first, signal);
      const next = this.#nextLeg(first, target, response);
      return next ? await this.#follow(request, target, next, signal) : response;
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

  /** The first hop is behind us. */
  async #follow(
    request: HttpRequest,
    first: Target,
    second: Leg,
    signal: CancelSignal | undefined,
  ): Promise<HttpResponse> {
    let leg = second;
    for (let hops = 2; ; hops++) {
      const response = await this.#exchange(request, leg, signal);
      const next = this.#nextLeg(leg, first, response);
      if (!next) return response;
      if (hops >= MAX_HOPS) throw new Error(`stopped after ${MAX_HOPS} redirects`);
      leg = next;
    }
  }

  #nextLeg(leg: Leg, first: Target, response: HttpResponse): Leg | undefined {
    return this.#followsRedirects ? nextLeg(leg, first, response) : undefined;
  }

  #exchange(request: HttpRequest, leg: Leg, signal: CancelSignal | undefined): Promise<HttpResponse> {
    const headers = this.#headers(request, leg, signal);
    if (headers instanceof Promise) return headers.then((read) => this.#exchangeWith(read, request, leg, signal));
    return this.#exchangeWith(headers, request, leg, signal);
  }

  #exchangeWith(
    headers: FlatHeaders,
    request: HttpRequest,
    leg: Leg,
    signal: CancelSignal | undefined,
  ): Promise<HttpResponse> {
    const transport = this.#transport(leg.target);
    if (transport instanceof Promise)
      return transport.then((ready) => ready.exchange(exchangeOf(headers, request, leg, signal)));
    return transport.exchange(exchangeOf(headers, request, leg, signal));
  }

  #headers(request: HttpRequest, leg: Leg, signal: CancelSignal | undefined): FlatHeaders | Promise<FlatHeaders> {
    if (this.#parts.tokens || this.#authenticate || this.#customHeaders || leg.target.hasUser)
      return this.#readHeaders(request, leg, signal);
    const { userAgent } = this.#parts;
    if (leg.isForeign || !leg.hasBody) return flatten(request.headers, leg, { userAgent });
    if (!this.#lastHeaders || this.#lastHeaders.given !== request.headers)
      this.#lastHeaders = { given: request.headers, flat: flatten(request.headers, leg, { userAgent }) };
    return this.#lastHeaders.flat;
  }

  async #readHeaders(request: HttpRequest, leg: Leg, signal: CancelSignal | undefined): Promise<FlatHeaders> {
    const isGiven = Object.keys(request.headers ?? {}).some((name) => name.toLowerCase() === 'authorization');
    const authorization = await this.#authorization(leg, isGiven, signal);
    const custom = await this.#customHeaders?.();
    return flatten(request.headers, leg, { userAgent: this.#parts.userAgent, authorization, custom });
  }

  /** Undefined: the request's own stays, if it has one. A token wins over it, names and passwords do not. */
  async #authorization(
    { target, isForeign }: Leg,
    isGiven: boolean,
    signal: CancelSignal | undefined,
  ): Promise<string | undefined> {
    if (this.#parts.tokens && !isForeign) return this.#parts.tokens(signal);
    if (isGiven && !isForeign) return undefined;
    const { url, hasUser } = target;
    if (hasUser) return formatBasic(decodeURIComponent(url.username), decodeURIComponent(url.password));
    return isForeign ? undefined : this.#authenticate?.(signal);
  }

  #transport(target: Target): Transport | Promise<Transport> {
    if (this.#lastRoute?.target !== target) this.#lastRoute = routeTo(target, this.#proxyFor(target.url));
    const route = this.#lastRoute;
    const tls = this.#tls.current();
    return tls instanceof Promise ? tls.then((read) => this.#lease(route, read)) : this.#lease(route, tls);
  }

  #lease({ id, proxy, plain }: Route, tls: TlsMaterial): Transport {
    if (!plain) checkSpoken(tls);
    const lease = this.#leases.get(id);
    if (lease?.tls === tls) return lease.transport;
    const transport = this.#parts.transports.acquire({ tls, proxy, plain, http2: this.#http2 });
    this.#leases.set(id, { tls, transport });
    lease?.transport.release();
    return transport;
  }
}

/** Throws when it is too late for one. */
function exchangeOf(
  headers: FlatHeaders,
  { body, responseLimitBytes = DEFAULT_RESPONSE_LIMIT, statusSuffices = false }: HttpRequest,
  { method, target, hasBody }: Leg,
  signal: CancelSignal | undefined,
): Exchange {
  signal?.throwIfAborted();
  return { method, target, headers, body: hasBody ? body : undefined, signal, responseLimitBytes, statusSuffices };
}

const routeTo = (target: Target, proxy: Proxy | undefined): Route => ({
  target,
  proxy,
  plain: target.isPlain,
  id: `${target.url.protocol}${proxy ? ` ${proxy.protocol} ${proxy.host} ${proxy.port}` : ''}`,
});

/** What is added to the headers of a request. */
interface Additions {
  readonly userAgent: string;
  /** Takes the place of the request's own. */
  readonly authorization?: string | undefined;
  readonly custom?: readonly Header[] | undefined;
}

/** Without what does not belong on this leg. */
function flatten(
  given: HttpRequest['headers'] = {},
  { isForeign, hasBody }: Leg,
  { userAgent, authorization, custom = [] }: Additions,
): FlatHeaders {
  const headers: FlatHeaders = [];
  const entries = Object.entries(given);
  const add = (name: string, value: string): void => {
    const key = name.toLowerCase();
    if (isForeign && SENSITIVE_HEADERS.has(key)) return;
    if (!hasBody && BODY_HEADERS.has(key)) return;
    headers.push(canonicalName(name), value);
  };
  if (!entries.some(([name]) => name.toLowerCase() === 'user-agent')) add('User-Agent', userAgent);
  for (const [name, value] of entries)
    if (authorization === undefined || name.toLowerCase() !== 'authorization') add(name, value);
  // What the URL itself carries is for the URL's own host.
  if (authorization !== undefined) headers.push('Authorization', authorization);
  for (const [name, value] of custom) add(name, value);
  return headers;
}

function nextLeg(leg: Leg, first: Target, response: HttpResponse): Leg | undefined {
  const hop = redirectOf(response.status, leg.method);
  const location = hop && response.headers.get('location');
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

  get signal(): CancelSignal {
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
