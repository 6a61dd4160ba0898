import { quoteGo } from '../../domain/matcher/index.js';
import type { Request } from '../server/handler.js';
import { type Refusal, refusal } from './answers.js';

/**
 * Whether sender and receiver mean JSON. The content type is looked at only where there is a body, what the client accepts
 * only where there is none: who sends JSON is taken to read it. Facts: reference "HTTP interface", section 2.3.
 */
export function checkContentType({ headers }: Request): Refusal | undefined {
  const header = headers['content-type'] || 'application/octet-stream';
  if (header === 'application/json') return undefined;
  const malformed = whyMalformed(header);
  if (malformed !== undefined)
    return refusal(400, `parsing Content-Type header from ${quoteGo(header)} failed, because ${malformed}`);
  const type = baseOf(header);
  return type === 'application/json'
    ? undefined
    : refusal(415, `unsupported media type ${quoteGo(type)}, only [application/json] are allowed`);
}

const baseOf = (header: string): string => (header.split(';', 1)[0] as string).trim().toLowerCase();

const TOKEN = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]+";
const BASE = new RegExp(`^(${TOKEN})?(/)?(${TOKEN})?(.*)$`, 's');
const PARAMETER = new RegExp(`^\\s*${TOKEN}\\s*=\\s*(?:${TOKEN}|"(?:[^"\\\\]|\\\\.)*")\\s*$`);

/** In the words of Go's mime package. */
function whyMalformed(header: string): string | undefined {
  const [, type, slash, subtype, rest] = BASE.exec(baseOf(header)) as RegExpExecArray;
  if (type === undefined) return 'mime: no media type';
  if (slash === undefined) {
    return rest === ''
      ? `mediatype: malformed: ${quoteGo(header)} has no subtype`
      : 'mime: expected slash after first token';
  }
  if (subtype === undefined) return 'mime: expected token after slash';
  if (rest !== '') return 'mime: unexpected content after media subtype';
  const [, ...parameters] = header.split(';');
  const isLastEmpty = parameters.at(-1)?.trim() === '';
  const checked = isLastEmpty ? parameters.slice(0, -1) : parameters;
  return checked.every((parameter) => PARAMETER.test(parameter)) ? undefined : 'mime: invalid media parameter';
}

const NOT_ACCEPTABLE = refusal(406, 'unsupported media type requested, only [application/json] are available');

export function checkAccept({ headers: { accept } }: Request): Refusal | undefined {
  if (accept === undefined || accept === '*/*' || accept === 'application/json') return undefined;
  return acceptsJson(accept) ? undefined : NOT_ACCEPTABLE;
}

/** The most exact range that covers JSON decides; a weight of nought refuses. */
function acceptsJson(accept: string): boolean {
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
