import type { Request } from '../server/handler.js';

/** `too-large` and `too-many` leave the rest unread; `gone` means that the client left before the end. */
export type Body = Buffer | 'too-large' | 'too-many' | 'gone';

/** So much of each body does not count: everyday requests pass however many large ones are under way. */
export const FREE_BYTES = 64 * 1024;

/**
 * How many bytes of large bodies are in memory at a time, over all requests.
 *
 * Bound: the limit, and FREE_BYTES for each connection.
 */
export class BodyBudget {
  #held = 0;

  constructor(private readonly limitBytes: number) {}

  /** Reads a body, at most so many bytes of it. It counts until `use` is done with it. */
  withBody<T>(request: Request, limitBytes: number, use: (body: Body) => Promise<T> | T): Promise<T> | T {
    return request.body ? use(request.body) : this.#withCounted(request, limitBytes, use);
  }

  async #withCounted<T>(request: Request, limitBytes: number, use: (body: Body) => Promise<T> | T): Promise<T> {
    let counted = 0;
    const mayGrow = (size: number): boolean => {
      const more = Math.max(size - FREE_BYTES - counted, 0);
      if (this.#held + more > this.limitBytes) return false;
      counted += more;
      this.#held += more;
      return true;
    };
    try {
      return await use(await readBody(request, limitBytes, mayGrow));
    } finally {
      this.#held -= counted;
    }
  }
}

function readBody(request: Request, limitBytes: number, mayGrow: (size: number) => boolean): Promise<Body> {
  const declared = Number(request.headers['content-length'] ?? 0);
  if (declared > limitBytes) return Promise.resolve('too-large');
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let isDone = false;
    // The listeners stay: taking them off costs as much as all else here, and the request goes soon.
    const finish = (body: Body): void => {
      isDone = true;
      chunks.length = 0;
      resolve(body);
    };
    const take = (chunk: Buffer): void => {
      if (isDone) return;
      size += chunk.length;
      const refused = size > limitBytes ? 'too-large' : mayGrow(size) ? undefined : 'too-many';
      if (refused === undefined) {
        chunks.push(chunk);
        return;
      }
      request.pause();
      finish(refused);
    };
    const end = (): void => {
      if (!isDone) finish(joined(chunks, size));
    };
    const gone = (): void => {
      if (!isDone) finish('gone');
    };
    request.on('data', take).on('end', end).on('close', gone).on('error', gone);
  });
}

/**
 * A buffer that Node's own side made has another shape for the engine than those made here, and what was compiled for one kind
 * is thrown away when the other comes along. So a body that came in one piece gets a view of the common kind.
 */
function joined(chunks: readonly Buffer[], size: number): Buffer {
  const [first] = chunks;
  if (first === undefined || chunks.length > 1) return Buffer.concat(chunks, size);
  return Buffer.from(first.buffer, first.byteOffset, first.length);
}

/** A client that still sends after so much of what nobody reads is cut off. */
const MOST_UNUSED_BYTES = 1024 * 1024 * 1024;

/**
 * Reads what is left of a body and forgets it. A connection that is closed with bytes unread takes the answer along, which
 * many clients look at only when they have sent everything.
 */
export function readAway(request: Request, done: () => void): void {
  let left = MOST_UNUSED_BYTES;
  let isDone = false;
  const finish = (): void => {
    if (!isDone) done();
    isDone = true;
  };
  request
    .on('data', (chunk: Buffer) => {
      left -= chunk.length;
      if (left < 0) request.destroy();
    })
    .on('end', finish)
    .on('close', finish)
    .on('error', finish);
  request.resume();
}
