/** API v2 as the tools use it. Every request has its own time; what fails says which operation and what was answered. */
import { LabelSet } from '../../domain/labels/index.js';
import { type Moment, duration } from '../../domain/time/index.js';
import type { Clock } from '../../platform/clock.js';
import { HttpError, describeNetworkError } from '../../platform/http-client/errors.js';
import { encodeJson } from '../../receivers/kit/go-json.js';
import { ToolError } from '../tool-error.js';
import type { Address } from './address.js';
import {
  type ApiAlert,
  type ApiMatcher,
  type ApiSilence,
  type ApiStatus,
  list,
  members,
  readAlert,
  readSilence,
  readStatus,
} from './models.js';
import { type ApiTrial, readTrial } from './trial.js';
import { ApiError, OPERATIONS, type Operation } from './operations.js';
import type { Answer, Transport } from './transport.js';

export interface AlertQuery {
  readonly active: boolean;
  readonly silenced: boolean;
  readonly inhibited: boolean;
  readonly unprocessed: boolean;
  readonly receiver: string;
  readonly filter: readonly string[];
}

export interface AlertToPost {
  readonly labels: LabelSet;
  readonly annotations: LabelSet;
  readonly startsAt: Moment | undefined;
  readonly endsAt: Moment | undefined;
  readonly generatorURL: string;
}

export interface SilenceToPost {
  /** None: a new one. */
  readonly id?: string;
  readonly matchers: readonly ApiMatcher[];
  readonly startsAt: Moment;
  readonly endsAt: Moment;
  readonly createdBy: string;
  readonly comment: string;
  readonly annotations: LabelSet;
}

export interface TrialToAsk {
  readonly status: 'firing' | 'resolved';
  readonly dryRun: boolean;
  /** All when undefined. */
  readonly integration: string | undefined;
  /** The router's sample when undefined. */
  readonly alert: Pick<AlertToPost, 'labels' | 'annotations'> | undefined;
}

export interface AlertmanagerOptions {
  readonly address: Address;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly trace: (line: string) => void;
}

export class Alertmanager {
  constructor(private readonly options: AlertmanagerOptions) {}

  async alerts(query: AlertQuery): Promise<readonly ApiAlert[]> {
    const { active, silenced, inhibited, unprocessed, receiver, filter } = query;
    const parameters: [string, string][] = [
      ['active', String(active)],
      ...filter.map((matcher): [string, string] => ['filter', matcher]),
      ['inhibited', String(inhibited)],
      ...(receiver === '' ? [] : [['receiver', receiver] satisfies [string, string]]),
      ['silenced', String(silenced)],
      ['unprocessed', String(unprocessed)],
    ];
    return list(await this.#call(OPERATIONS.getAlerts, { parameters })).map(readAlert);
  }

  async postAlert({ labels, annotations, startsAt, endsAt, generatorURL }: AlertToPost): Promise<void> {
    const alert = {
      annotations: mapOf(annotations),
      endsAt: endsAt?.apiText,
      startsAt: startsAt?.apiText,
      generatorURL: generatorURL === '' ? undefined : generatorURL,
      labels: mapOf(labels),
    };
    await this.#call(OPERATIONS.postAlerts, { body: [alert] });
  }

  async silences(filter: readonly string[]): Promise<readonly ApiSilence[]> {
    const parameters = filter.map((matcher): [string, string] => ['filter', matcher]);
    return list(await this.#call(OPERATIONS.getSilences, { parameters })).map(readSilence);
  }

  async silence(id: string): Promise<ApiSilence> {
    return readSilence(await this.#call(OPERATIONS.getSilence, { id }));
  }

  /** Answers the id, which may be another one than before. */
  postSilence(silence: SilenceToPost): Promise<string> {
    const { startsAt, endsAt, annotations } = silence;
    return this.postRawSilence({
      id: silence.id,
      annotations: annotations.size === 0 ? undefined : mapOf(annotations),
      comment: silence.comment,
      createdBy: silence.createdBy,
      endsAt: endsAt.apiText,
      matchers: silence.matchers,
      startsAt: startsAt.apiText,
    });
  }

  /** As it came from a file: judging it is the router's part. */
  async postRawSilence(body: Readonly<Record<string, unknown>>): Promise<string> {
    const answer = members(await this.#call(OPERATIONS.postSilences, { body }));
    return String(answer.get('silenceID'));
  }

  async expireSilence(id: string): Promise<void> {
    await this.#call(OPERATIONS.deleteSilence, { id });
  }

  async status(): Promise<ApiStatus> {
    return readStatus(await this.#call(OPERATIONS.getStatus, {}));
  }

  /** Our own API: Alertmanager has nothing like it. */
  async tryReceiver(receiver: string, trial: TrialToAsk): Promise<ApiTrial> {
    const { alert, status, dryRun, integration } = trial;
    const body = {
      status,
      dryRun,
      integration,
      alerts: alert && [{ labels: mapOf(alert.labels), annotations: mapOf(alert.annotations) }],
    };
    return readTrial(await this.#call(OPERATIONS.tryReceiver, { id: receiver, body }));
  }

  close(): Promise<void> {
    return this.options.transport.close();
  }

  async #call(operation: Operation, request: CallParts): Promise<unknown> {
    const answer = await this.#send(operation, request);
    if (answer.status !== 200) throw new ApiError(operation, answer);
    if (answer.text === '') return undefined;
    try {
      return JSON.parse(answer.text);
    } catch (cause) {
      throw new ToolError(`[${operation.method} ${operation.path}] the answer is not JSON: is this a router's URL?`, {
        cause,
      });
    }
  }

  async #send(
    { method, path, isOurs = false }: Operation,
    { parameters = [], id = '', body }: CallParts,
  ): Promise<Answer> {
    const { address, transport, clock, timeoutMs, trace } = this.options;
    const url = new URL(address.base);
    if (isOurs) url.pathname = url.pathname.replace(/v2$/, 'ext/v1');
    url.pathname += path.replace(/\{\w+\}/, () => encodeURIComponent(id));
    url.search = new URLSearchParams(parameters).toString();
    const controller = new AbortController();
    const timer = clock.after(duration(timeoutMs), () => controller.abort());
    const began = clock.elapsed();
    try {
      const answer = await transport.send({
        method,
        url: url.href,
        headers: {
          accept: 'application/json',
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(address.authorization !== undefined && { authorization: address.authorization }),
        },
        signal: controller.signal,
        ...(body !== undefined && { body: encodeJson(body) }),
      });
      trace(`${method} ${url.href} ${answer.status} in ${Math.round(clock.elapsed() - began)} ms`);
      return answer;
    } catch (error) {
      if (error instanceof ToolError) throw error;
      throw failedRequest(method, url, controller.signal.aborted ? DEADLINE : error);
    } finally {
      timer.cancel();
    }
  }
}

interface CallParts {
  readonly parameters?: [string, string][];
  readonly id?: string;
  readonly body?: unknown;
}

const DEADLINE = new Error('context deadline exceeded');

/** `Get "http://host/api/v2/alerts": dial tcp …`: the tools may show the URL, because it is the user's own and without password. */
function failedRequest(method: string, url: URL, cause: unknown): ToolError {
  const verb = `${method.slice(0, 1)}${method.slice(1).toLowerCase()}`;
  const why =
    cause instanceof HttpError ? cause.message.replace(/^\w+ "<redacted>": /, '') : describeNetworkError(cause);
  return new ToolError(`${verb} ${JSON.stringify(url.href)}: ${why}`, { cause });
}

const mapOf = (labels: LabelSet): ReadonlyMap<string, string> => new Map(labels.entries());
