import type { LabelSet } from '../labels/index.js';

/**
 * XXH64 with seed 0 over the sorted labels, each `name 0xFF value 0xFF` in UTF-8: what Alertmanager's notification log
 * knows alerts by. Needed only to understand its snapshots and to write them, so it is written to be read.
 */
const P1 = 0x9e3779b185ebca87n;
const P2 = 0xc2b2ae3d27d4eb4fn;
const P3 = 0x165667b19e3779f9n;
const P4 = 0x85ebca77c2b2ae63n;
const P5 = 0x27d4eb2f165667c5n;

const SEPARATOR = 0xff;

/** 16 hex digits. */
export function xxh64OfLabels({ names, values }: LabelSet): string {
  const bytes: number[] = [];
  for (let i = 0; i < names.length; i++) {
    pushUtf8(bytes, names[i] as string);
    bytes.push(SEPARATOR);
    pushUtf8(bytes, values[i] as string);
    bytes.push(SEPARATOR);
  }
  return xxh64(bytes).toString(16).padStart(16, '0');
}

export function xxh64(bytes: readonly number[]): bigint {
  const view = new DataView(Uint8Array.from(bytes).buffer);
  let at = 0;
  let hash = P5;
  if (bytes.length >= 32) {
    const lanes = [wrap(P1 + P2), P2, 0n, wrap(-P1)];
    for (; at + 32 <= bytes.length; at += 32)
      for (let lane = 0; lane < 4; lane++)
        lanes[lane] = round(lanes[lane] as bigint, view.getBigUint64(at + lane * 8, true));
    hash = mergeLanes(lanes);
  }
  hash = wrap(hash + BigInt(bytes.length));
  return avalanche(tail(hash, view, at));
}

function mergeLanes(lanes: readonly bigint[]): bigint {
  const turns = [1n, 7n, 12n, 18n];
  let hash = wrap(lanes.reduce((sum, lane, i) => sum + rotate(lane, turns[i] as bigint), 0n));
  for (const lane of lanes) hash = wrap((hash ^ round(0n, lane)) * P1 + P4);
  return hash;
}

/** What is left after the blocks of 32: words of eight, one of four, single bytes. */
function tail(start: bigint, view: DataView, from: number): bigint {
  let hash = start;
  let at = from;
  for (; at + 8 <= view.byteLength; at += 8)
    hash = wrap(rotate(hash ^ round(0n, view.getBigUint64(at, true)), 27n) * P1 + P4);
  if (at + 4 <= view.byteLength) {
    hash = wrap(rotate(hash ^ wrap(BigInt(view.getUint32(at, true)) * P1), 23n) * P2 + P3);
    at += 4;
  }
  for (; at < view.byteLength; at++) hash = wrap(rotate(hash ^ wrap(BigInt(view.getUint8(at)) * P5), 11n) * P1);
  return hash;
}

function avalanche(start: bigint): bigint {
  let hash = start;
  hash = wrap((hash ^ (hash >> 33n)) * P2);
  hash = wrap((hash ^ (hash >> 29n)) * P3);
  return hash ^ (hash >> 32n);
}

const wrap = (value: bigint): bigint => BigInt.asUintN(64, value);
const rotate = (value: bigint, by: bigint): bigint => wrap((value << by) | (value >> (64n - by)));
const round = (lane: bigint, input: bigint): bigint => wrap(rotate(wrap(lane + input * P2), 31n) * P1);

function pushUtf8(bytes: number[], text: string): void {
  for (const character of text.toWellFormed()) {
    const point = character.codePointAt(0) as number;
    if (point < 0x80) bytes.push(point);
    else if (point < 0x800) bytes.push(0xc0 | (point >> 6), 0x80 | (point & 0x3f));
    else if (point < 0x1_0000) bytes.push(0xe0 | (point >> 12), 0x80 | ((point >> 6) & 0x3f), 0x80 | (point & 0x3f));
    else
      bytes.push(
        0xf0 | (point >> 18),
        0x80 | ((point >> 12) & 0x3f),
        0x80 | ((point >> 6) & 0x3f),
        0x80 | (point & 0x3f),
      );
  }
}
