/** An answer, read to its end or to the limit; in both cases its connection is done with. */
import type { Dispatcher } from 'undici';

import type { Exchange } from './exchange.js';
import type { HttpResponse } from './http-client.js';

export async function readResponse(
  { statusCode, headers, body }: Dispatcher.ResponseData,
  { responseLimitBytes: limitBytes, statusSuffices }: Pick<Exchange, 'responseLimitBytes' | 'statusSuffices'>,
): Promise<HttpResponse> {
  // A body that is cut off below reports it; nobody wants to know.
  body.on('error', () => {});
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      chunks.push(chunk.subarray(0, limitBytes - size));
      size += chunk.length;
      if (size >= limitBytes) break;
    }
  } catch (error) {
    if (!statusSuffices) throw error;
  }
  const bytes = chunks.length === 1 ? (chunks[0] as Uint8Array) : Buffer.concat(chunks);
  return {
    status: statusCode,
    headers: flatten(headers),
    bytes,
    get text() {
      return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
    },
  };
}

const flatten = (headers: Dispatcher.ResponseData['headers']): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(headers).flatMap(([name, value]): [string, string][] =>
      value === undefined ? [] : [[name, typeof value === 'string' ? value : value.join(', ')]],
    ),
  );
