/**
 * Writes down what one try of an integration sends and what comes back; in a dry run it answers itself, so that nothing
 * leaves the process.
 */
import { MASK, Secret } from '../config/secret.js';
import type { Clock } from '../platform/clock.js';
import type { HttpClient, HttpClientFactory, HttpRequest, HttpResponse } from '../platform/http-client/index.js';
import { errorText } from '../platform/log.js';
import type { Witness } from '../receivers/receiver.js';
import type { Redact } from './redact.js';

/** One request and its answer, or one mail. Nothing in it is a secret. */
export interface Exchange {
  /** `POST https://host/path`, or the envelope of a mail. */
  readonly request: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** None: a dry run, a mail, or no answer came. */
  readonly status?: number;
  readonly answer?: string;
  readonly error?: string;
  readonly durationMs: number;
}

/** Not yet redacted. `target` is where it goes. */
type Raw = Omit<Exchange, 'request'> & { readonly verb: string; readonly target: string };

/** Bounds: one try keeps so many exchanges, and so many characters of each text. */
const MOST_EXCHANGES = 16;
const LONGEST_TEXT = 64 * 1024;

/** Every integration takes this for success: Slack and Telegram look for `ok`, Rocket.Chat, WeChat and Jira for their own. */
const DRY_TEXT = '{"ok":true,"success":true,"errcode":0,"access_token":"dry-run","issues":[],"result":{}}';

export class Recorder implements Witness {
  readonly #exchanges: Raw[] = [];
  readonly #concealed: Secret[] = [];

  constructor(
    private readonly clock: Clock,
    private readonly isDry: boolean,
  ) {}

  /** What integrations learned while they sent. */
  get concealed(): readonly Secret[] {
    return this.#concealed;
  }

  conceal(text: string): void {
    this.#concealed.push(new Secret(text));
  }

  mail({ from, to }: { readonly from: string; readonly to: readonly string[] }, message: string): boolean {
    this.#keep({
      verb: 'MAIL',
      target: `FROM:<${from}> TO:<${to.join('>,<')}>`,
      headers: {},
      body: message,
      durationMs: 0,
    });
    return !this.isDry;
  }

  watch(http: HttpClientFactory): HttpClientFactory {
    return { ...http, client: (settings, options) => this.#watched(http.client(settings, options)) };
  }

  exchanges(redact: Redact): readonly Exchange[] {
    return this.#exchanges.map((raw) => redacted(raw, redact));
  }

  #watched(client: HttpClient): HttpClient {
    const request = (wanted: HttpRequest): Promise<HttpResponse> =>
      this.isDry ? Promise.resolve(this.#answerDry(wanted)) : this.#pass(client, wanted);
    return { request, post: (wanted) => request({ ...wanted, method: 'POST' }), close: () => client.close() };
  }

  #answerDry(wanted: HttpRequest): HttpResponse {
    this.#keep({ ...described(wanted), durationMs: 0 });
    return {
      status: 200,
      headers: new Map([['content-type', 'application/json']]),
      bytes: Buffer.from(DRY_TEXT),
      text: DRY_TEXT,
    };
  }

  async #pass(client: HttpClient, wanted: HttpRequest): Promise<HttpResponse> {
    const began = this.clock.elapsed();
    const took = (): number => Math.round(this.clock.elapsed() - began);
    try {
      const response = await client.request(wanted);
      this.#keep({ ...described(wanted), status: response.status, answer: response.text, durationMs: took() });
      return response;
    } catch (error) {
      this.#keep({ ...described(wanted), error: errorText(error), durationMs: took() });
      throw error;
    }
  }

  #keep(exchange: Raw): void {
    if (this.#exchanges.length < MOST_EXCHANGES) this.#exchanges.push(exchange);
  }
}

const described = ({
  method,
  url,
  headers = {},
  body = '',
}: HttpRequest): Pick<Raw, 'verb' | 'target' | 'headers' | 'body'> => ({
  verb: method,
  target: url,
  headers,
  body: typeof body === 'string' ? body : Buffer.from(body).toString('utf8'),
});

const SECRET_HEADERS = /auth|token|secret|key|cookie|signature/i;
const FORM = /^application\/x-www-form-urlencoded/i;

function redacted({ verb, target, headers, body, answer, error, ...rest }: Raw, redact: Redact): Exchange {
  const shown = (text: string): string => redact(text).slice(0, LONGEST_TEXT);
  const entries = Object.entries(headers);
  const isForm = entries.some(([name, value]) => name.toLowerCase() === 'content-type' && FORM.test(value));
  return {
    request: `${verb} ${maskTarget(target, shown)}`,
    headers: Object.fromEntries(
      entries.map(([name, value]) => [name, SECRET_HEADERS.test(name) ? MASK : shown(value)]),
    ),
    body: isForm ? withoutCredentials(shown(body)) : shown(body),
    ...(answer === undefined ? {} : { answer: withoutCredentials(shown(answer)) }),
    ...(error === undefined ? {} : { error: shown(error) }),
    ...rest,
  };
}

/** Of a URL that is secret as a whole the host is left, which is no secret and often the mistake. */
function maskTarget(target: string, shown: (text: string) => string): string {
  const masked = shown(target);
  return masked === MASK && URL.canParse(target)
    ? `${new URL(target).origin}/${MASK}`
    : withoutCredentials(masked).replace(USER_INFO, `$1${MASK}@`);
}

const USER_INFO = /^(\w+:\/\/)[^/?#@]*@/;

/** What a server hands out or sends back need not be in the settings: it is known by its name. */
const NAMED = /((?:token|secret|password|key|signature|credential)\w{0,32}["']?[=:>]\s{0,4}["']?)[^"'&<>\s]+/gi;
const SCHEMES = /\b(Basic|Bearer) [\w+/=.~-]+/gi;

const withoutCredentials = (text: string): string => text.replace(SCHEMES, `$1 ${MASK}`).replace(NAMED, `$1${MASK}`);
