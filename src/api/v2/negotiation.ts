import type { Request } from '../server/handler.js';
import { type Refusal, refusal } from './answers.js';

/**
 * Whether sender and receiver mean JSON. The content type is looked at first, and only where there is a body.
 * Facts: reference "HTTP interface", section 2.3.
 */
export function checkContentType(request: Request): Refusal | undefined {
  const header = request.headers['content-type'] ?? 'application/octet-stream';
  const [type = ''] = header.split(';', 1);
  const name = type.trim().toLowerCase();
  if (name === 'application/json') return undefined;
  return refusal(415, `unsupported media type ${JSON.stringify(name)}, only [application/json] are allowed`);
}

const NOT_ACCEPTABLE = refusal(406, 'unsupported media type requested, only [application/json] are available');

export function checkAccept(request: Request): Refusal | undefined {
  const { accept } = request.headers;
  if (accept === undefined || accept === '*/*' || accept === 'application/json') return undefined;
  return acceptsJson(accept) ? undefined : NOT_ACCEPTABLE;
}

/** The most exact range that covers JSON decides; a weight of nought refuses. */
function acceptsJson(accept: string): boolean {
  if (accept.trim() === '') return true;
  let bestRank = 0;
  let bestWeight = 0;
  for (const part of accept.split(',')) {
    const [range = '', ...parameters] = part.split(';');
    const rank = RANKS.get(range.trim().toLowerCase()) ?? 0;
    if (rank < bestRank || rank === 0) continue;
    bestRank = rank;
    bestWeight = weightOf(parameters);
  }
  return bestRank > 0 && bestWeight > 0;
}

const RANKS: ReadonlyMap<string, number> = new Map([
  ['*/*', 1],
  ['application/*', 2],
  ['application/json', 3],
]);

function weightOf(parameters: readonly string[]): number {
  for (const parameter of parameters) {
    const [name = '', value = ''] = parameter.split('=', 2);
    if (name.trim().toLowerCase() !== 'q') continue;
    const weight = Number(value.trim());
    return Number.isFinite(weight) ? weight : 0;
  }
  return 1;
}
