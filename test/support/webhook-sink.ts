import { type IncomingHttpHeaders, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The body that a webhook receiver is sent, as far as tests look at it. */
export interface WebhookBody {
  readonly receiver: string;
  readonly status: string;
  readonly alerts: readonly WebhookAlert[];
  readonly groupLabels: Record<string, string>;
  readonly commonLabels: Record<string, string>;
  readonly commonAnnotations: Record<string, string>;
  readonly groupKey: string;
  readonly [key: string]: unknown;
}

export interface WebhookAlert {
  readonly status: string;
  readonly labels: Record<string, string>;
  readonly annotations: Record<string, string>;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly generatorURL: string;
  readonly fingerprint: string;
}

export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly body: WebhookBody;
  /** Milliseconds since the sink was opened, monotonic. */
  readonly at: number;
}

export interface WebhookSink {
  readonly url: string;
  readonly received: readonly Received[];
  /** Decides the answer; 200 unless set. */
  answer: (request: Received, response: ServerResponse) => void;
  clear(): void;
  close(): Promise<void>;
}

/** A real server on loopback that keeps all it is sent. */
export async function openWebhookSink(): Promise<WebhookSink> {
  const received: Received[] = [];
  const opened = performance.now();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      const entry: Received = {
        path: request.url ?? '',
        headers: request.headers,
        text,
        body: parse(text),
        at: performance.now() - opened,
      };
      received.push(entry);
      sink.answer(entry, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const sink: WebhookSink = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    answer: (_request, response) => void response.end(),
    clear: () => void received.splice(0),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return sink;
}

function parse(text: string): WebhookBody {
  try {
    return JSON.parse(text) as WebhookBody;
  } catch {
    // Custom payloads need not be JSON; such tests look at the text.
    return {
      receiver: '',
      status: '',
      alerts: [],
      groupLabels: {},
      commonLabels: {},
      commonAnnotations: {},
      groupKey: '',
    };
  }
}
