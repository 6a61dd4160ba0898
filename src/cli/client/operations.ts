/** The operations of API v2 that the tools use, and how their failures read: operation, status, and what the router said. */
import { encodeText } from '../../receivers/kit/go-json.js';
import { ToolError } from '../tool-error.js';
import type { Answer } from './transport.js';

export interface Operation {
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  /** Of ours beside API v2. */
  readonly isOurs?: boolean;
  /** Statuses with a name; the others are told by number. */
  readonly failures: ReadonlyMap<number, Failure>;
}

interface Failure {
  readonly name: string;
  readonly hasText: boolean;
}

const BAD_REQUEST = [400, { name: 'BadRequest', hasText: true }] as const;
const INTERNAL = [500, { name: 'InternalServerError', hasText: true }] as const;
const notFound = (hasText: boolean) => [404, { name: 'NotFound', hasText }] as const;

const operation = (
  id: string,
  method: Operation['method'],
  path: string,
  ...failures: readonly (readonly [number, Failure])[]
): Operation => ({ id, method, path, failures: new Map(failures) });

export const OPERATIONS = {
  getAlerts: operation('getAlerts', 'GET', '/alerts', BAD_REQUEST, INTERNAL),
  postAlerts: operation('postAlerts', 'POST', '/alerts', BAD_REQUEST, INTERNAL),
  getSilences: operation('getSilences', 'GET', '/silences', BAD_REQUEST, INTERNAL),
  postSilences: operation('postSilences', 'POST', '/silences', BAD_REQUEST, notFound(true)),
  getSilence: operation('getSilence', 'GET', '/silence/{silenceID}', notFound(false), INTERNAL),
  deleteSilence: operation('deleteSilence', 'DELETE', '/silence/{silenceID}', notFound(false), INTERNAL),
  getStatus: operation('getStatus', 'GET', '/status'),
  tryReceiver: {
    ...operation('tryReceiver', 'POST', '/receivers/{name}/test', BAD_REQUEST, notFound(true)),
    isOurs: true,
  },
} as const;

/** The router answered, but not as wanted. */
export class ApiError extends ToolError {
  constructor(
    { id, method, path, failures }: Operation,
    readonly answer: Answer,
  ) {
    const failure = failures.get(answer.status);
    const where = `[${method} ${path}]`;
    super(
      failure
        ? `${where}[${answer.status}] ${id}${failure.name}${failure.hasText ? ` ${quoteBody(answer.text)}` : ''}`
        : `${where} ${id} (status ${answer.status}): ${answer.text.trim() || '{}'}`,
    );
  }
}

/** Most answers are one JSON text. */
function quoteBody(body: string): string {
  try {
    const said: unknown = JSON.parse(body);
    return typeof said === 'string' ? encodeText(said) : body.trim();
  } catch {
    // Something between us and the router spoke; its words are as good.
    return encodeText(body.trim());
  }
}
