/** How requests get out: one way that is there at once for plain HTTP, and the one of `http_config` for everything else. */
import { Agent, request as httpRequest } from 'node:http';
import type { HttpRequest } from '../../platform/http-client/index.js';
import { redirectOf } from '../../platform/http-client/redirects.js';

export interface Request extends Pick<HttpRequest, 'method' | 'url' | 'headers' | 'body'> {
  readonly signal?: AbortSignal;
}

export interface Answer {
  readonly status: number;
  readonly text: string;
}

export interface Transport {
  /** Any status is an answer. Throws for everything else. */
  send(request: Request): Promise<Answer>;
  close(): Promise<void>;
}

/** Redirects are left to `full`, which knows where a password may go and what TLS is. */
export function createTransport(url: URL, full: () => Promise<Transport>): Transport {
  const agent = new Agent({ keepAlive: true });
  let other: Promise<Transport> | undefined;
  const viaFull = async (request: Request): Promise<Answer> => (await (other ??= full())).send(request);
  return {
    async send(request) {
      if (url.protocol !== 'http:') return viaFull(request);
      const answer = await sendPlain(request, agent);
      return redirectOf(answer.status, request.method) && answer.isElsewhere ? viaFull(request) : answer;
    },
    async close() {
      agent.destroy();
      await (await other)?.close();
    },
  };
}

const sendPlain = (request: Request, agent: Agent): Promise<Answer & { readonly isElsewhere: boolean }> =>
  new Promise((resolve, reject) => {
    const { method, url, headers, body, signal } = request;
    const outgoing = httpRequest(
      url,
      { method, agent, headers: { ...headers }, ...(signal && { signal }) },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () =>
          resolve({
            status: incoming.statusCode ?? 0,
            text: Buffer.concat(chunks).toString('utf8'),
            isElsewhere: incoming.headers.location !== undefined,
          }),
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
