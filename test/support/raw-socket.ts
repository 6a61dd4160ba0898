/** Requests as bytes, also such as no client library would send. */
import { type Socket, connect } from 'node:net';

/** All that came back until the server closed the connection, or until nothing more came for a while. */
export function exchange(url: string, bytes: string | Buffer, quietAfterMs = 10_000): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const socket: Socket = connect(Number(port), hostname, () => socket.write(bytes));
    socket.setTimeout(quietAfterMs, () => socket.destroy());
    socket.on('data', (chunk) => chunks.push(chunk));
    // A server that refuses may close while we still send; what it said counts.
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(Buffer.concat(chunks).toString('latin1')));
  });
}

/** Connections that send this and then wait. */
export function openMany(url: string, count: number, bytes: string): Promise<readonly Socket[]> {
  const { hostname, port } = new URL(url);
  const opening = Array.from(
    { length: count },
    () =>
      new Promise<Socket>((resolve, reject) => {
        const socket = connect(Number(port), hostname, () => socket.write(bytes, () => resolve(socket)));
        socket.once('error', reject).on('error', () => undefined);
      }),
  );
  return Promise.all(opening);
}

export const postBytes = (path: string, body: string | Buffer): Buffer => {
  const bytes = Buffer.from(body);
  const head = `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nConnection: close\r\n`;
  return Buffer.concat([Buffer.from(`${head}Content-Length: ${bytes.length}\r\n\r\n`), bytes]);
};

export const getBytes = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`;

export const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0);
