import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { endianness } from 'node:os';

/**
 * Reads LMDB's file without LMDB, for the two things that the library cannot do: to tell a damaged file before it is
 * mapped (the library trusts what it maps; a page number that leads beyond the file ends the process), and to get out of
 * a damaged file what is still whole.
 *
 * Facts of the format (lmdb 3, data version 2, 64-bit little-endian): a page begins with 24 bytes (page number, txn id,
 * pad, flags, lower, upper); then come 16-bit pointers to nodes, counted from byte 24; a node is size or child page,
 * flags, key size, key, data. Pages 0 and 1 are meta pages: magic, version, address, map size, two tree heads (free
 * pages, main), last page, txn id. The main tree holds the heads of the named trees.
 *
 * Keeps: never throws on what stands in the file, never reads a page twice, never leaves the file.
 */
export interface Leaf {
  readonly tree: string;
  readonly key: Buffer;
  /** Present when the walk was asked for data. */
  readonly data: Buffer;
}

export interface Walk {
  /** What is wrong, in a few words each; empty when the file is sound. */
  readonly faults: readonly string[];
}

const MAGIC = 0xbeefc0de;
const DATA_VERSION = 2;
const PAGE_HEADER = 24;
const NODE_HEADER = 8;
const HEAD_BYTES = 48;
const BRANCH = 0x01;
const LEAF = 0x02;
const OVERFLOW = 0x04;
const META = 0x08;
const BIG_DATA = 0x01;
const SUB_TREE = 0x02;
const NO_PAGE = 0xffff_ffff_ffff_ffffn;
const MOST_FAULTS = 20;

/** Only there do we know where the fields lie. Elsewhere the library is trusted, and the opening marker catches the rest. */
export const canReadPages = (): boolean =>
  endianness() === 'LE' && ['x64', 'arm64', 'ppc64', 'riscv64', 'loong64'].includes(process.arch);

interface Meta {
  readonly pageSize: number;
  readonly freeRoot: bigint;
  readonly mainRoot: bigint;
  readonly lastPage: number;
  readonly txnId: bigint;
}

/** Walks every page that the newest state uses. `onLeaf` gets the records of named trees. */
export function walkPages(path: string, onLeaf?: (leaf: Leaf) => void): Walk {
  const file = openSync(path, 'r');
  try {
    const sizeBytes = fstatSync(file).size;
    const meta = readMeta(file, sizeBytes);
    if (typeof meta === 'string') return { faults: [meta] };
    const walker = new Walker(file, sizeBytes, meta, onLeaf);
    walker.walk();
    return { faults: walker.faults };
  } finally {
    closeSync(file);
  }
}

/** The newer of the two meta pages. The first tells the page size, hence where the second is. */
function readMeta(file: number, sizeBytes: number): Meta | string {
  if (sizeBytes < 512) return sizeBytes === 0 ? 'the file is empty' : 'the file ends within its first page';
  const first = metaAt(file, 0);
  if (typeof first === 'string') return first;
  if (sizeBytes < 2 * first.pageSize) return 'the file ends within its second page';
  const second = metaAt(file, first.pageSize);
  if (typeof second === 'string') return second;
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
  return {
    pageSize,
    freeRoot: page.readBigUInt64LE(heads + 40),
    mainRoot: page.readBigUInt64LE(heads + HEAD_BYTES + 40),
    lastPage: Number(page.readBigUInt64LE(heads + 2 * HEAD_BYTES)),
    txnId: page.readBigUInt64LE(heads + 2 * HEAD_BYTES + 8),
  };
}

interface Node {
  readonly flags: number;
  readonly key: Buffer;
  readonly sizeBytes: number;
  /** Where its data begins in the page. */
  readonly dataAt: number;
}

class Walker {
  readonly faults: string[] = [];
  readonly #seen = new Set<number>();

  constructor(
    private readonly file: number,
    private readonly sizeBytes: number,
    private readonly meta: Meta,
    private readonly onLeaf?: (leaf: Leaf) => void,
  ) {}

  walk(): void {
    const trees: { name: string; root: bigint }[] = [];
    this.#tree(this.meta.mainRoot, (page, node) => {
      if (!(node.flags & SUB_TREE)) return;
      if (node.sizeBytes !== HEAD_BYTES) return this.#fault('a tree head of the wrong size');
      trees.push({ name: nameOf(node.key), root: page.readBigUInt64LE(node.dataAt + 40) });
    });
    for (const { name, root } of trees) {
      this.#tree(root, (page, node) => {
        const data = this.#dataOf(page, node);
        // Copied: the page's memory is used again.
        if (data && this.onLeaf) this.onLeaf({ tree: name, key: Buffer.from(node.key), data });
      });
    }
    this.#tree(this.meta.freeRoot, (page, node) => void this.#dataOf(page, node));
  }

  #tree(root: bigint, onNode: (page: Buffer, node: Node) => void): void {
    if (root === NO_PAGE) return;
    // A stack of our own: a file can make a tree as deep as it likes.
    const waiting: number[] = [Number(root)];
    for (let number = waiting.pop(); number !== undefined; number = waiting.pop()) {
      const page = this.#page(number);
      if (!page) continue;
      const isLeaf = (page.readUInt16LE(18) & LEAF) !== 0;
      const children: number[] = [];
      for (const node of this.#nodes(page, number, isLeaf)) {
        if (isLeaf) onNode(page, node);
        else children.push(node.sizeBytes + node.flags * 2 ** 32);
      }
      for (let i = children.length - 1; i >= 0; i--) waiting.push(children[i] as number);
    }
  }

  #page(number: number): Buffer | undefined {
    if (!this.#claim(number, 1)) return undefined;
    const page = Buffer.allocUnsafe(this.meta.pageSize);
    readSync(this.file, page, 0, page.length, number * this.meta.pageSize);
    const kind = page.readUInt16LE(18) & (BRANCH | LEAF | OVERFLOW | META);
    if (page.readBigUInt64LE(0) !== BigInt(number) || (kind !== BRANCH && kind !== LEAF)) {
      this.#fault(`page ${number} is not a page of a tree`);
      return undefined;
    }
    return page;
  }

  *#nodes(page: Buffer, number: number, isLeaf: boolean): Iterable<Node> {
    const lower = page.readUInt16LE(20);
    const upper = page.readUInt16LE(22);
    const room = this.meta.pageSize - PAGE_HEADER;
    if (lower > upper || upper > room || lower % 2 !== 0) return this.#fault(`page ${number} has impossible bounds`);
    for (let i = 0; i < lower / 2; i++) {
      const at = page.readUInt16LE(PAGE_HEADER + 2 * i);
      const node = at >= upper && at + NODE_HEADER <= room ? nodeAt(page, PAGE_HEADER + at) : undefined;
      if (!node || !fits(node, isLeaf, this.meta.pageSize)) this.#fault(`page ${number} has an impossible node`);
      else yield node;
    }
  }

  #dataOf(page: Buffer, { flags, sizeBytes, dataAt }: Node): Buffer | undefined {
    if (!(flags & BIG_DATA)) return this.onLeaf ? Buffer.from(page.subarray(dataAt, dataAt + sizeBytes)) : page;
    const number = Number(page.readBigUInt64LE(dataAt));
    const pages = Number(page.readBigUInt64LE(dataAt + 16));
    if (!this.#claim(number, pages)) return undefined;
    const header = Buffer.alloc(PAGE_HEADER);
    readSync(this.file, header, 0, PAGE_HEADER, number * this.meta.pageSize);
    const isOverflow = (header.readUInt16LE(18) & (BRANCH | LEAF | OVERFLOW | META)) === OVERFLOW;
    const isRoomy = PAGE_HEADER + sizeBytes <= pages * this.meta.pageSize;
    if (!isOverflow || !isRoomy || header.readBigUInt64LE(0) !== BigInt(number) || header.readUInt32LE(20) !== pages) {
      this.#fault(`page ${number} does not hold the long value it should`);
      return undefined;
    }
    if (!this.onLeaf) return page;
    const data = Buffer.allocUnsafe(sizeBytes);
    readSync(this.file, data, 0, sizeBytes, number * this.meta.pageSize + PAGE_HEADER);
    return data;
  }

  /** Pages lie within the file and each is used once. */
  #claim(number: number, count: number): boolean {
    const { lastPage, pageSize } = this.meta;
    if (!(number >= 2 && count >= 1 && number + count - 1 <= lastPage))
      return this.#refuse(`page ${number} does not exist`);
    if ((number + count) * pageSize > this.sizeBytes)
      return this.#refuse(`page ${number} lies beyond the end of the file`);
    for (let i = 0; i < count; i++) {
      if (this.#seen.has(number + i)) return this.#refuse(`page ${number + i} is used twice`);
      this.#seen.add(number + i);
    }
    return true;
  }

  #refuse(fault: string): false {
    this.#fault(fault);
    return false;
  }

  #fault(fault: string): void {
    if (this.faults.length < MOST_FAULTS) this.faults.push(fault);
  }
}

const nodeAt = (page: Buffer, at: number): Node => ({
  sizeBytes: page.readUInt32LE(at),
  flags: page.readUInt16LE(at + 4),
  key: page.subarray(at + NODE_HEADER, at + NODE_HEADER + page.readUInt16LE(at + 6)),
  dataAt: at + NODE_HEADER + page.readUInt16LE(at + 6),
});

function fits({ flags, sizeBytes, dataAt }: Node, isLeaf: boolean, pageSize: number): boolean {
  if (!isLeaf) return dataAt <= pageSize;
  return dataAt + (flags & BIG_DATA ? 24 : sizeBytes) <= pageSize;
}

/** Names are written with a zero byte at the end. */
const nameOf = (key: Buffer): string => key.toString('utf8').replace(/\0+$/, '');
