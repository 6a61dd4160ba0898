import { readSync } from 'node:fs';
import { endianness } from 'node:os';

/**
 * How LMDB's file is laid out (lmdb 3, data version 2, 64-bit little-endian).
 *
 * A page begins with 24 bytes: page number, txn id, pad, flags, lower, upper. Then come 16-bit pointers to nodes, counted
 * from byte 24. A node is size (or child page), flags, key size, key, data. Pages 0 and 1 are meta pages: magic, version,
 * address, map size, two tree heads (free pages, main), last page, txn id. The main tree holds the heads of named trees.
 */
export const PAGE_HEADER = 24;
export const HEAD_BYTES = 48;
export const BRANCH = 0x01;
export const LEAF = 0x02;
export const OVERFLOW = 0x04;
export const META = 0x08;
export const BIG_DATA = 0x01;
export const SUB_TREE = 0x02;
/** What a long value leaves in its node: first page, txn id, number of pages. */
export const BIG_DATA_BYTES = 24;

const MAGIC = 0xbeefc0de;
const DATA_VERSION = 2;
const NODE_HEADER = 8;
const NO_PAGE = 0xffff_ffff_ffff_ffffn;
const FREE_FLAGS = 0x08;

/** Only there do we know where the fields lie. Elsewhere the library is trusted, and the opening marker catches the rest. */
export const canReadPages = (): boolean =>
  endianness() === 'LE' && ['x64', 'arm64', 'ppc64', 'riscv64', 'loong64'].includes(process.arch);

/** Where a tree begins, and what it should hold. */
export interface TreeHead {
  readonly flags: number;
  readonly depth: number;
  readonly branchPages: number;
  readonly leafPages: number;
  readonly overflowPages: number;
  readonly entries: number;
  /** undefined when the tree is empty. */
  readonly root: number | undefined;
}

export interface Meta {
  readonly pageSize: number;
  readonly free: TreeHead;
  readonly main: TreeHead;
  readonly lastPage: number;
  readonly txnId: bigint;
}

export interface Node {
  readonly flags: number;
  readonly key: Buffer;
  /** Of the data in a leaf; the low half of the child's page number in a branch. */
  readonly sizeBytes: number;
  /** Where its data begins in the page. */
  readonly dataAt: number;
}

/** The newer of the two meta pages, or what is wrong with them. The first tells the page size, hence where the second is. */
export function readMeta(file: number, sizeBytes: number): Meta | string {
  if (sizeBytes < 512) return sizeBytes === 0 ? 'the file is empty' : 'the file ends within its first page';
  const first = metaAt(file, 0);
  if (typeof first === 'string') return first;
  if (sizeBytes < 2 * first.pageSize) return 'the file ends within its second page';
  const second = metaAt(file, first.pageSize);
  if (typeof second === 'string') return second;
  if (second.pageSize !== first.pageSize) return 'the two meta pages do not agree';
  return second.txnId > first.txnId ? second : first;
}

function metaAt(file: number, at: number): Meta | string {
  const page = Buffer.alloc(PAGE_HEADER + 24 + 2 * HEAD_BYTES + 16);
  readSync(file, page, 0, page.length, at);
  const m = PAGE_HEADER;
  if (!(page.readUInt16LE(18) & META) || page.readUInt32LE(m) !== MAGIC) return 'not a database file';
  const version = page.readUInt32LE(m + 4) & 0xffff;
  if (version !== DATA_VERSION) return `data version ${version} instead of ${DATA_VERSION}`;
  const heads = m + 24;
  const pageSize = page.readUInt32LE(heads);
  if (pageSize < 512 || pageSize > 65_536 || (pageSize & (pageSize - 1)) !== 0)
    return `impossible page size ${pageSize}`;
  const free = readHead(page, heads);
  if (free.flags !== FREE_FLAGS || page.readBigUInt64LE(m + 8) !== 0n) return 'a meta page with unknown flags';
  return {
    pageSize,
    free: { ...free, flags: 0 },
    main: readHead(page, heads + HEAD_BYTES),
    lastPage: Number(page.readBigUInt64LE(heads + 2 * HEAD_BYTES)),
    txnId: page.readBigUInt64LE(heads + 2 * HEAD_BYTES + 8),
  };
}

export function readHead(page: Buffer, at: number): TreeHead {
  const root = page.readBigUInt64LE(at + 40);
  return {
    flags: page.readUInt16LE(at + 4),
    depth: page.readUInt16LE(at + 6),
    branchPages: Number(page.readBigUInt64LE(at + 8)),
    leafPages: Number(page.readBigUInt64LE(at + 16)),
    overflowPages: Number(page.readBigUInt64LE(at + 24)),
    entries: Number(page.readBigUInt64LE(at + 32)),
    root: root === NO_PAGE ? undefined : Number(root),
  };
}

/** The nodes of a page that lie within it, and whether they fill its upper part exactly, as they must. */
export function readNodes(
  page: Buffer,
  isLeaf: boolean,
): { readonly nodes: readonly Node[]; readonly isSound: boolean } {
  const lower = page.readUInt16LE(20);
  const upper = page.readUInt16LE(22);
  const room = page.length - PAGE_HEADER;
  const nodes: Node[] = [];
  if (lower > upper || upper > room || lower % 2 !== 0) return { nodes, isSound: false };
  let used = 0;
  for (let i = 0; i < lower / 2; i++) {
    const at = page.readUInt16LE(PAGE_HEADER + 2 * i);
    const node = at >= upper && at % 2 === 0 && at + NODE_HEADER <= room ? nodeAt(page, PAGE_HEADER + at) : undefined;
    const end = node && endOf(node, isLeaf);
    if (!node || end === undefined || end > page.length) continue;
    used += (end - PAGE_HEADER - at + 1) & ~1;
    nodes.push(node);
  }
  return { nodes, isSound: nodes.length === lower / 2 && nodes.length > 0 && used === room - upper };
}

function nodeAt(page: Buffer, at: number): Node {
  const dataAt = at + NODE_HEADER + page.readUInt16LE(at + 6);
  return {
    sizeBytes: page.readUInt32LE(at),
    flags: page.readUInt16LE(at + 4),
    key: page.subarray(at + NODE_HEADER, dataAt),
    dataAt,
  };
}

const endOf = ({ flags, sizeBytes, dataAt }: Node, isLeaf: boolean): number =>
  isLeaf ? dataAt + (flags & BIG_DATA ? BIG_DATA_BYTES : sizeBytes) : dataAt;

/** 48 bits: where a leaf has flags, a branch has the upper part of the number. */
export const childOf = ({ sizeBytes, flags }: Node): number => sizeBytes + flags * 2 ** 32;
