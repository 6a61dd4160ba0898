/**
 * Reads the body of POST /api/v2/alerts as Go's and JavaScript's encoders write it, in the language of AssemblyScript, which is
 * compiled to WebAssembly (`npm run wasm`; docs/decisions/0014). What it says is for src/api/v2/report-scan.ts, which knows
 * the layout of the memory as well.
 *
 * Keeps: what it takes is JSON that any other reader would read the same; of all else it says no more than that it is otherwise.
 * Bound: the tables below, all of which stand in a memory that does not grow.
 */

/** The body, with room for eight bytes behind it. */
export const BODY: u32 = 0x10000;
export const MOST_BODY: u32 = 0x40000;
/** One row for each report: see `passReport`. */
export const REPORTS: u32 = 0x60000;
export const REPORT_BYTES: u32 = 64;
const MOST_REPORTS: u32 = 4096;
/** All names and values of labels and annotations, in the order in which they are written: where each starts and ends. */
export const TEXTS: u32 = 0xa0000;
const MOST_TEXTS: u32 = 0x4000;
/** Texts that were met before. */
const KNOWN: u32 = 0xc0000;
export const MOST_KNOWN: u32 = 8192;
const KNOWN_BYTES: u32 = 128;
const KNOWN_HEAD: u32 = 16;
/** Lists of names that were met before. */
export const LISTS: u32 = 0x1c0000;
const MOST_LISTS: u32 = 64;
export const LIST_BYTES: u32 = 1024;
/** In a list: the order of its names, one byte each, and then the names themselves. */
export const LIST_ORDER: u32 = 16;
const MOST_NAMES: u32 = 64;
const LIST_NAMES: u32 = LIST_ORDER + MOST_NAMES;
/** The generatorURL before. */
const LAST_URL: u32 = 0x1d0000;
const MOST_URL: u32 = 0x1000;
/** What `look` has found: for each text in order a place among the known ones, its start and its end. */
export const FOUND: u32 = 0x1d2000;
export const FOUND_BYTES: u32 = 12;
/** The fingerprint of the names and values that `look` was asked about, and how they are written, all in one (8). */
export const FINGERPRINT: u32 = 0x1d1ff0;

/** How a text is written stands in the highest bits of its end. */
export const ESCAPED: u32 = 1 << 28;
export const BEYOND_ASCII: u32 = 1 << 29;
export const PLACE_BITS: u32 = ESCAPED - 1;

/** Instead of a place: the text or the list is not known, and nobody is to remember it. */
export const NOT_KEPT: i32 = i32.MIN_VALUE;

/** Secret, so that nobody can make two texts that are taken for one. */
let seed: u64 = 0;
let keyA: u64 = 1;
let keyB: u64 = 1;

let at: u32 = 0;
let end: u32 = 0;
let textCount: u32 = 0;
/** All texts that were passed since this was nought. */
let howWritten: u32 = 0;

/** Once, with random numbers. */
export function begin(a: u64, b: u64, c: u64): void {
  seed = a;
  keyA = b | 1;
  keyB = c | 1;
}

/** How many reports there are in a body of so many bytes, 0 when it is written otherwise. */
export function scan(length: u32): u32 {
  at = BODY;
  end = BODY + length;
  textCount = 0;
  if (!takes(0x5b)) return 0;
  let count: u32 = 0;
  do {
    if (count == MOST_REPORTS || !passReport(REPORTS + count * REPORT_BYTES)) return 0;
    count++;
  } while (takes(0x2c));
  if (!takes(0x5d)) return 0;
  takes(0x0a);
  return at == end ? count : 0;
}

const LABELS: u32 = 1;
const ANNOTATIONS: u32 = 2;
const STARTS_AT: u32 = 4;
const ENDS_AT: u32 = 8;
const GENERATOR_URL: u32 = 16;

/**
 * A row: start and end of the report (0, 4), of startsAt (8), endsAt (16) and generatorURL (24), all nought for those that are
 * not there; the first text and the number of pairs of the labels (32) and the annotations (40); the mark (48); start and end of
 * the annotations (56).
 *
 * The mark stands for all bytes of the report but those of its times, and for where these are.
 */
function passReport(row: u32): bool {
  memory.fill(row, 0, REPORT_BYTES);
  const start = at;
  if (!takes(0x7b)) return false;
  let seen: u32 = 0;
  let from = start;
  let hash = seed;
  do {
    const member = passMember();
    if (member == 0 || (seen & member) != 0) return false;
    seen |= member;
    if (member <= ANNOTATIONS) {
      const pairs = row + (member == LABELS ? 32 : 40);
      const pairsStart = at;
      store<u32>(pairs, textCount);
      howWritten = 0;
      const count = passPairs();
      if (count < 0) return false;
      store<u32>(pairs, count, 4);
      if (member == ANNOTATIONS) {
        store<u32>(row, pairsStart, 56);
        store<u32>(row, at | howWritten, 60);
      }
    } else {
      const textStart = at + 1;
      if (!passText(row + (member == STARTS_AT ? 8 : member == ENDS_AT ? 16 : 24))) return false;
      if (member != GENERATOR_URL) {
        hash = hashOf(hash, from, textStart);
        from = at - 1;
      }
    }
  } while (takes(0x2c));
  if (!takes(0x7d) || load<u32>(row, 36) == 0) return false;
  hash = hashOf(hash, from, at);
  store<u32>(row, start);
  store<u32>(row, at, 4);
  // 53 bits are what a number of JavaScript holds, and nought is no mark.
  const mark = hash >> 11;
  store<f64>(row, mark == 0 ? 1 : <f64>mark, 48);
  return true;
}

/** The name of a member and its colon. The names are long enough to be told by their first eight bytes. */
function passMember(): u32 {
  if (at + 15 > end) return 0;
  switch (load<u64>(at)) {
    case 0x22736c6562616c22:
      return passRest(load<u8>(at, 8) == 0x3a, 9, LABELS);
    case 0x7461746f6e6e6122: // "annotat
      return passRest(load<u32>(at, 8) == 0x736e6f69 && load<u16>(at, 12) == 0x3a22, 14, ANNOTATIONS);
    case 0x4173747261747322: // "startsA
      return passRest(load<u16>(at, 8) == 0x2274 && load<u8>(at, 10) == 0x3a, 11, STARTS_AT);
    case 0x22744173646e6522:
      return passRest(load<u8>(at, 8) == 0x3a, 9, ENDS_AT);
    case 0x746172656e656722: // "generat
      return passRest(
        load<u32>(at, 8) == 0x5255726f && load<u16>(at, 12) == 0x224c && load<u8>(at, 14) == 0x3a,
        15,
        GENERATOR_URL,
      );
    default:
      return 0;
  }
}

function passRest(isSo: bool, size: u32, member: u32): u32 {
  if (!isSo) return 0;
  at += size;
  return member;
}

/** An object of texts: how many pairs, below nought when it is none. */
function passPairs(): i32 {
  if (!takes(0x7b)) return -1;
  if (takes(0x7d)) return 0;
  let count = 0;
  do {
    if (!keepText() || !takes(0x3a) || !keepText()) return -1;
    count++;
  } while (takes(0x2c));
  return takes(0x7d) ? count : -1;
}

function keepText(): bool {
  return textCount < MOST_TEXTS && passText(TEXTS + (textCount++ << 3));
}

/** A text: writes down where it starts and ends, and how it is written. */
function passText(place: u32): bool {
  if (!takes(0x22)) return false;
  store<u32>(place, at);
  let how: u32 = 0;
  while (true) {
    passPlainBytes();
    if (at >= end) return false;
    const byte = load<u8>(at);
    if (byte == 0x22) break;
    if (byte < 0x20) return false;
    if (byte == 0x5c) {
      const size = escapeSize();
      if (size == 0) return false;
      how |= ESCAPED;
      at += size;
    } else {
      if (byte >= 0x80) how |= BEYOND_ASCII;
      at++;
    }
  }
  store<u32>(place, at | how, 4);
  howWritten |= how;
  at++;
  return true;
}

/** Eight at a time, up to the first that is a quote, a backslash, a control character or none of ASCII. */
function passPlainBytes(): void {
  while (at + 8 <= end) {
    const bytes = load<u64>(at);
    const quotes = bytes ^ 0x2222222222222222;
    const backslashes = bytes ^ 0x5c5c5c5c5c5c5c5c;
    // In each byte the highest bit; what is found above the first one may be wrong, and is not looked at.
    const others =
      (((quotes - 0x0101010101010101) & ~quotes) |
        ((backslashes - 0x0101010101010101) & ~backslashes) |
        ((bytes - 0x2020202020202020) & ~bytes) |
        bytes) &
      0x8080808080808080;
    if (others != 0) {
      at += <u32>(ctz(others) >> 3);
      return;
    }
    at += 8;
  }
}

/** Nought when it is none, or the escape of half a character: that both halves are there is for others to see. */
function escapeSize(): u32 {
  if (at + 1 >= end) return 0;
  switch (load<u8>(at, 1)) {
    case 0x22:
    case 0x2f:
    case 0x5c:
    case 0x62:
    case 0x66:
    case 0x6e:
    case 0x72:
    case 0x74:
      return 2;
    case 0x75:
      return isWholeUnit() ? 6 : 0;
    default:
      return 0;
  }
}

function isWholeUnit(): bool {
  if (at + 6 > end) return false;
  for (let i: u32 = 2; i < 6; i++) {
    const byte = load<u8>(at + i);
    const letter = byte | 0x20;
    if ((byte < 0x30 || byte > 0x39) && (letter < 0x61 || letter > 0x66)) return false;
  }
  return (load<u8>(at, 2) | 0x20) != 0x64 || load<u8>(at, 3) < 0x38;
}

function takes(byte: u8): bool {
  if (at >= end || load<u8>(at) != byte) return false;
  at++;
  return true;
}

/** Each word goes through two multiplications by numbers that nobody knows. */
function mixed(hash: u64, word: u64): u64 {
  const inner = word * keyA;
  const outer = (hash ^ inner ^ (inner >> 32)) * keyB;
  return outer ^ (outer >> 32);
}

function hashOf(hash: u64, from: u32, to: u32): u64 {
  let place = from;
  for (; place + 8 <= to; place += 8) hash = mixed(hash, load<u64>(place));
  const rest = <u64>(to - place);
  if (rest > 0) hash = mixed(hash, load<u64>(place) & (((<u64>1) << (rest << 3)) - 1));
  return mixed(hash, <u64>(to - from));
}

/** The list of the names of these pairs: its place, or -1 - place of one that is made known in its stead. */
export function listOf(firstText: u32, count: u32): i32 {
  if (count > MOST_NAMES) return NOT_KEPT;
  let hash = seed;
  let size: u32 = 0;
  for (let i: u32 = 0; i < count; i++) {
    const name = TEXTS + ((firstText + 2 * i) << 3);
    hash = hashOf(hash, load<u32>(name), endOf(name));
    size += 4 + endOf(name) - load<u32>(name);
  }
  if (LIST_NAMES + size > LIST_BYTES) return NOT_KEPT;
  for (let place: u32 = 0; place < MOST_LISTS; place++) {
    const list = LISTS + place * LIST_BYTES;
    if (load<u64>(list) == hash && load<u32>(list, 8) == count && hasNames(list, firstText, count)) return place;
  }
  return -1 - <i32>keepList(hash, firstText, count);
}

let nextList: u32 = 0;

function keepList(hash: u64, firstText: u32, count: u32): u32 {
  const place = nextList++ % MOST_LISTS;
  const list = LISTS + place * LIST_BYTES;
  store<u64>(list, hash);
  store<u32>(list, count, 8);
  let to = list + LIST_NAMES;
  for (let i: u32 = 0; i < count; i++) {
    const name = TEXTS + ((firstText + 2 * i) << 3);
    const size = endOf(name) - load<u32>(name);
    store<u32>(to, size);
    memory.copy(to + 4, load<u32>(name), size);
    to += 4 + size;
  }
  return place;
}

function hasNames(list: u32, firstText: u32, count: u32): bool {
  let kept = list + LIST_NAMES;
  for (let i: u32 = 0; i < count; i++) {
    const name = TEXTS + ((firstText + 2 * i) << 3);
    const size = endOf(name) - load<u32>(name);
    if (load<u32>(kept) != size || !areSame(kept + 4, load<u32>(name), size)) return false;
    kept += 4 + size;
  }
  return true;
}

const FNV_OFFSET: u64 = 0xcbf29ce484222325;
const FNV_PRIME: u64 = 0x100000001b3;

/**
 * Looks for the values of these pairs among the known texts, in the order of their list, and makes Alertmanager's fingerprint of
 * them, which holds where all is plain ASCII: bytes beyond it may be no UTF-8, and stand for other characters then.
 */
export function look(list: u32, firstText: u32, count: u32): void {
  const order = LISTS + list * LIST_BYTES + LIST_ORDER;
  let fingerprint = FNV_OFFSET;
  let how: u32 = 0;
  for (let i: u32 = 0; i < count; i++) {
    const name = TEXTS + ((firstText + 2 * <u32>load<u8>(order + i)) << 3);
    const value = name + 8;
    const found = FOUND + i * FOUND_BYTES;
    store<i32>(found, placeOf(value));
    store<u64>(found, load<u64>(value), 4);
    fingerprint = fnv(fnv(fingerprint, name), value);
    how |= load<u32>(name, 4) | load<u32>(value, 4);
  }
  store<u64>(FINGERPRINT, fingerprint);
  store<u32>(FINGERPRINT, how, 8);
}

function fnv(hash: u64, text: u32): u64 {
  const to = endOf(text);
  for (let place = load<u32>(text); place < to; place++) hash = (hash ^ (<u64>load<u8>(place))) * FNV_PRIME;
  return (hash ^ 0xff) * FNV_PRIME;
}

/**
 * The place of a text among the known ones, or -1 - place where it is made known. It has two places to choose from. One that was
 * met again keeps its place once more when another text wants it: most texts are never met again.
 */
function placeOf(text: u32): i32 {
  const from = load<u32>(text);
  const size = endOf(text) - from;
  if (size > KNOWN_BYTES - KNOWN_HEAD) return NOT_KEPT;
  const hash = hashOf(seed, from, from + size);
  const first = (<u32>hash) & (MOST_KNOWN - 2);
  for (let place = first; place < first + 2; place++) {
    const known = KNOWN + place * KNOWN_BYTES;
    if (load<u64>(known) != hash || load<u32>(known, 8) != size || !areSame(known + KNOWN_HEAD, from, size)) continue;
    store<u32>(known, 1, 12);
    return place;
  }
  for (let place = first; place < first + 2; place++) {
    const known = KNOWN + place * KNOWN_BYTES;
    if (load<u32>(known, 12) != 0) continue;
    store<u64>(known, hash);
    store<u32>(known, size, 8);
    memory.copy(known + KNOWN_HEAD, from, size);
    return -1 - <i32>place;
  }
  store<u32>(KNOWN + first * KNOWN_BYTES, 0, 12);
  store<u32>(KNOWN + (first + 1) * KNOWN_BYTES, 0, 12);
  return NOT_KEPT;
}

let lastURLSize: i32 = -1;

/** Whether the generatorURL of this report is that of the report that was asked about before. */
export function hasLastURL(row: u32): bool {
  const from = load<u32>(row, 24);
  const size = endOf(row + 24) - from;
  if (<i32>size == lastURLSize && areSame(LAST_URL, from, size)) return true;
  lastURLSize = size <= MOST_URL ? <i32>size : -1;
  if (lastURLSize >= 0) memory.copy(LAST_URL, from, size);
  return false;
}

function endOf(text: u32): u32 {
  return load<u32>(text, 4) & PLACE_BITS;
}

function areSame(a: u32, b: u32, size: u32): bool {
  let i: u32 = 0;
  for (; i + 8 <= size; i += 8) if (load<u64>(a + i) != load<u64>(b + i)) return false;
  for (; i < size; i++) if (load<u8>(a + i) != load<u8>(b + i)) return false;
  return true;
}
