import type { Request } from '../server/handler.js';

/** `too-large` leaves the rest unread; `gone` means that the client left before the end. */
export type Body = Buffer | 'too-large' | 'gone';

/** The whole body, at most so many bytes of it. */
export function readBody(request: Request, limitBytes: number): Promise<Body> {
  const declared = Number(request.headers['content-length'] ?? 0);
  if (declared > limitBytes) return Promise.resolve('too-large');
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const finish = (body: Body): void => {
      request.off('data', take).off('end', end).off('close', gone).off('error', gone);
      resolve(body);
    };
    const take = (chunk: Buffer): void => {
      size += chunk.length;
      if (size <= limitBytes) {
        chunks.push(chunk);
        return;
      }
      request.pause();
      finish('too-large');
    };
    const end = (): void => finish(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, size));
    const gone = (): void => finish('gone');
    request.on('data', take).on('end', end).on('close', gone).on('error', gone);
  });
}
