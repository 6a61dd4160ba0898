import { setImmediate as nextTurn } from 'node:timers/promises';

import { type Scanned, type Span, scanInSteps, scanJson } from './json-scan.js';

/**
 * Bodies as Go decodes them: the first value counts, whatever follows it; what is not UTF-8 becomes U+FFFD.
 *
 * The engine's own parser does the work. Only what it refuses is scanned for the words of Go's error, and only large bodies
 * are scanned first: for their depth, and so that a list can be parsed piece by piece with other requests in between.
 */
/** Nobody nests lists like this; whether it is too deep is for the scanner to say. */
const DEEP = '[[[[[[[[';

/** A body above this is taken in slices. Parsing so much takes about a millisecond. */
const SLICE_BYTES = 256 * 1024;

type Decoded = { readonly value: unknown } | { readonly error: string };

/** One value. Nothing has to be waited for, but where it is large or not plainly right. */
export const decodeValue = (body: Buffer): Decoded | Promise<Decoded> => decodePlain(body) ?? decodeScanned(body);

async function decodeScanned(body: Buffer): Promise<Decoded> {
  const scanned = body.length <= SLICE_BYTES ? scanJson(body) : await scanSlowly(body);
  if ('error' in scanned) return scanned;
  return { value: parse(body.toString('utf8', 0, scanned.end)) };
}

function decodePlain(body: Buffer): { readonly value: unknown } | undefined {
  if (body.length > SLICE_BYTES) return undefined;
  const text = body.toString();
  if (text.includes(DEEP)) return undefined;
  const value = parse(text);
  return value === BROKEN ? undefined : { value };
}

/**
 * A list, in batches that are each parsed in about a millisecond. Another kind of value is one batch by itself, as `other`.
 */
export type Batches = { readonly batches: AsyncIterable<readonly unknown[]> } | { readonly other: unknown };

export async function decodeList(body: Buffer): Promise<Batches | { readonly error: string }> {
  if (body.length <= SLICE_BYTES) {
    const decoded = await decodeValue(body);
    if ('error' in decoded) return decoded;
    return Array.isArray(decoded.value) ? { batches: once(decoded.value) } : { other: decoded.value };
  }
  const scanned = await scanSlowly(body);
  if ('error' in scanned) return scanned;
  return body.subarray(0, scanned.end).toString('latin1', 0, 64).trimStart().startsWith('[')
    ? { batches: parsePieces(body, scanned.pieces) }
    : { other: parse(body.toString('utf8', 0, scanned.end)) };
}

const BROKEN = Symbol('broken');

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Why is found out by the scanner, in the words that clients know.
    return BROKEN;
  }
}

async function scanSlowly(body: Buffer): Promise<Scanned> {
  const scan = scanInSteps(body);
  for (;;) {
    const step = scan.next();
    if (step.done) return step.value;
    await nextTurn();
  }
}

async function* once(values: readonly unknown[]): AsyncGenerator<readonly unknown[]> {
  yield values;
}

async function* parsePieces(body: Buffer, pieces: readonly Span[]): AsyncGenerator<readonly unknown[]> {
  for (const [start, end] of pieces) {
    const values = parse(`[${body.toString('utf8', start, end)}]`);
    // The scanner has accepted each element, so there is nothing here that a parser could refuse.
    yield values as readonly unknown[];
    await nextTurn();
  }
}
