import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const gzipAsync = promisify(gzip);

/** Off the event loop, and quick rather than small. */
export const zip = (text: string): Promise<Buffer> => gzipAsync(text, { level: 1 });

/** Whether the client takes gzip; a weight of nought refuses it, a star means anything that is not named. */
export function acceptsGzip(header: string | undefined): boolean {
  let star = false;
  for (const part of (header ?? '').split(',')) {
    const [name = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
    const isRefused = parameters.some((parameter) => /^q=0(?:\.0*)?$/.test(parameter));
    if (name === 'gzip') return !isRefused;
    if (name === '*') star = !isRefused;
  }
  return star;
}
