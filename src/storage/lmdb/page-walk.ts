import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import {
  BIG_DATA,
  BRANCH,
  HEAD_BYTES,
  LEAF,
  META,
  type Meta,
  type Node,
  OVERFLOW,
  PAGE_HEADER,
  SUB_TREE,
  type TreeHead,
  childOf,
  readHead,
  readMeta,
  readNodes,
} from './page-format.js';

/** One record of a named tree. Its bytes are the receiver's to keep. */
export interface Leaf {
  readonly tree: string;
  readonly data: Buffer;
}

/** Says what is wrong, in a few words each. */
type Fault = (fault: string) => void;
type Visit = (page: Buffer, node: Node) => void;

/** More of one file would tell no one more. */
const MOST_FAULTS = 20;
const NUMBER_BYTES = 8;

/**
 * Reads LMDB's file without LMDB, for the two things that the library cannot do: to tell a damaged file before it is
 * mapped (the library trusts what it maps; a page number that leads astray ends the process), and to get out of a damaged
 * file what is still whole.
 *
 * What the library takes for granted is checked: each page lies in the file and is used once, or is free, and not both;
 * nodes fill their pages; keys ascend through the whole tree; the heads count right. Answers with all that is wrong,
 * nothing when the file is sound.
 *
 * Keeps: never throws on what stands in the file, reads each page once. Throws only when the file cannot be read.
 */
export function walkPages(path: string, onLeaf?: (leaf: Leaf) => void): readonly string[] {
  const file = openSync(path, 'r');
  try {
    const sizeBytes = fstatSync(file).size;
    const meta = readMeta(file, sizeBytes);
    if (typeof meta === 'string') return [meta];
    const faults: string[] = [];
    const fault: Fault = (text) => void (faults.length < MOST_FAULTS && faults.push(text));
    walkTrees(new PageFile(file, sizeBytes, meta, fault), meta, fault, onLeaf);
    return faults;
  } finally {
    closeSync(file);
  }
}

function walkTrees(pages: PageFile, meta: Meta, fault: Fault, onLeaf: ((leaf: Leaf) => void) | undefined): void {
  const trees: { readonly name: string; readonly head: TreeHead }[] = [];
  walkTree(pages, meta.main, byBytes, fault, (page, { key, flags, sizeBytes, dataAt }) => {
    if (flags !== SUB_TREE || sizeBytes !== HEAD_BYTES) return fault('the main tree holds something else than trees');
    // Names are written with a zero byte at the end.
    trees.push({ name: key.toString('utf8').replace(/\0+$/, ''), head: readHead(page, dataAt) });
  });
  for (const { name, head } of trees)
    walkTree(pages, head, byBytes, fault, (page, node) => {
      if (node.key.length !== NUMBER_BYTES) fault(`a key of ${node.key.length} bytes in ${name}`);
      const data = pages.dataOf(page, node, onLeaf !== undefined);
      if (data) onLeaf?.({ tree: name, data });
    });
  // Last, when it is known which pages are in use.
  walkTree(pages, meta.free, byNumber, fault, (page, node) => {
    const data = pages.dataOf(page, node, true);
    if (data) pages.claimFree(data);
  });
}

const byBytes = (a: Buffer, b: Buffer): number => Buffer.compare(a, b);
const byNumber = (a: Buffer, b: Buffer): number =>
  a.length === NUMBER_BYTES && b.length === NUMBER_BYTES
    ? Number(a.readBigUInt64LE() - b.readBigUInt64LE())
    : Number.NaN;

/** In order, on a stack of our own: a file can claim to be as deep as it likes. */
function walkTree(
  pages: PageFile,
  head: TreeHead,
  compare: (a: Buffer, b: Buffer) => number,
  fault: Fault,
  visit: Visit,
): void {
  if (head.flags !== 0) return fault(`a tree with the unknown flags ${head.flags}`);
  const found = { branchPages: 0, leafPages: 0, entries: 0, overflowPages: pages.overflowPages };
  let last: Buffer | undefined;
  const ascend = (key: Buffer, isSeparator: boolean): void => {
    // A separator may be the key that follows it.
    if (last && !(compare(last, key) < (isSeparator ? 0 : 1))) fault('keys that do not ascend');
    if (last && !isSeparator && lastWasKey && compare(last, key) === 0) fault('a key that is there twice');
    last = Buffer.from(key);
    lastWasKey = !isSeparator;
  };
  let lastWasKey = false;
  const waiting: { readonly page: number; readonly depth: number; readonly separator?: Buffer }[] = [];
  if (head.root !== undefined) waiting.push({ page: head.root, depth: 1 });
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (next.separator) ascend(next.separator, true);
    const page = pages.read(next.page);
    if (!page) continue;
    const isLeaf = (page.readUInt16LE(18) & LEAF) !== 0;
    const { nodes, isSound } = readNodes(page, isLeaf);
    if (!isSound || isLeaf !== (next.depth === head.depth)) fault(`page ${next.page} is not in order`);
    found[isLeaf ? 'leafPages' : 'branchPages']++;
    if (!isLeaf) {
      for (let i = nodes.length - 1; i >= 0; i--) {
        const node = nodes[i] as Node;
        const child = { page: childOf(node), depth: next.depth + 1 };
        waiting.push(i === 0 ? child : { ...child, separator: Buffer.from(node.key) });
      }
      continue;
    }
    for (const node of nodes) {
      ascend(node.key, false);
      found.entries++;
      visit(page, node);
    }
  }
  found.overflowPages = pages.overflowPages - found.overflowPages;
  for (const [what, count] of Object.entries(found))
    // The keys of `found` are keys of a head.
    if (count !== head[what as keyof typeof found])
      fault(`${count} ${what} where ${head[what as keyof typeof found]} should be`);
}

class PageFile {
  overflowPages = 0;
  readonly #taken = new Set<number>();

  constructor(
    private readonly file: number,
    private readonly sizeBytes: number,
    private readonly meta: Meta,
    private readonly fault: Fault,
  ) {}

  /** A page of a tree. */
  read(number: number): Buffer | undefined {
    if (!this.#take(number, 1, true)) return undefined;
    const page = Buffer.allocUnsafe(this.meta.pageSize);
    readSync(this.file, page, 0, page.length, number * this.meta.pageSize);
    const flags = page.readUInt16LE(18);
    if (this.#isWritten(page, number) && (flags === BRANCH || flags === LEAF)) return page;
    this.fault(`page ${number} is not a page of a tree`);
    return undefined;
  }

  /** The value of a node, when it is all there. Without `copies` long values are only checked, and nothing is given. */
  dataOf(page: Buffer, { flags, sizeBytes, dataAt }: Node, copies: boolean): Buffer | undefined {
    if (flags !== 0 && flags !== BIG_DATA) {
      this.fault(`a record with the unknown flags ${flags}`);
      return undefined;
    }
    if (flags === 0) return copies ? Buffer.from(page.subarray(dataAt, dataAt + sizeBytes)) : undefined;
    const number = Number(page.readBigUInt64LE(dataAt));
    const pages = Number(page.readBigUInt64LE(dataAt + 16));
    if (page.readBigUInt64LE(dataAt + 8) > this.meta.txnId) this.fault(`page ${number} is newer than the file`);
    if (!this.#take(number, pages, true) || !this.#holds(number, pages, sizeBytes)) return undefined;
    this.overflowPages += pages;
    if (!copies) return undefined;
    const data = Buffer.allocUnsafe(sizeBytes);
    readSync(this.file, data, 0, sizeBytes, number * this.meta.pageSize + PAGE_HEADER);
    return data;
  }

  /**
   * A list of free pages: how many entries, then the entries. One is a page, nothing (0), or, when negative, the length of
   * the run that begins at the page in the entry after it.
   */
  claimFree(list: Buffer): void {
    const entries = list.length >= 8 ? Number(list.readBigInt64LE(0)) : -1;
    if (entries < 0 || 8 * (entries + 1) > list.length) return this.fault('a list of free pages of the wrong size');
    for (let i = 1; i <= entries; i++) {
      const entry = Number(list.readBigInt64LE(8 * i));
      if (entry > 0) this.#take(entry, 1, false);
      else if (entry < 0 && i < entries) this.#take(Number(list.readBigInt64LE(8 * ++i)), -entry, false);
    }
  }

  #holds(number: number, pages: number, sizeBytes: number): boolean {
    const header = Buffer.alloc(PAGE_HEADER);
    readSync(this.file, header, 0, PAGE_HEADER, number * this.meta.pageSize);
    const isOverflow = (header.readUInt16LE(18) & (BRANCH | LEAF | OVERFLOW | META)) === OVERFLOW;
    const fits = PAGE_HEADER + sizeBytes <= pages * this.meta.pageSize && header.readUInt32LE(20) === pages;
    if (isOverflow && fits && this.#isWritten(header, number)) return true;
    this.fault(`page ${number} does not hold the long value it should`);
    return false;
  }

  /** A page knows its number, and no page is newer than the file: the library would take it for one that it holds in memory. */
  #isWritten(page: Buffer, number: number): boolean {
    return page.readBigUInt64LE(0) === BigInt(number) && page.readBigUInt64LE(8) <= this.meta.txnId;
  }

  /** Pages lie within the file and have one use. Free ones at the end may lie beyond it. */
  #take(number: number, count: number, isInUse: boolean): boolean {
    const { lastPage, pageSize } = this.meta;
    if (!(number >= 2 && count >= 1 && number + count - 1 <= lastPage))
      return this.#refuse(`page ${number} does not exist`);
    if (isInUse && (number + count) * pageSize > this.sizeBytes)
      return this.#refuse(`page ${number} lies beyond the end of the file`);
    for (let i = number; i < number + count; i++) {
      if (this.#taken.has(i)) return this.#refuse(`page ${i} has two uses`);
      this.#taken.add(i);
    }
    return true;
  }

  #refuse(fault: string): false {
    this.fault(fault);
    return false;
  }
}
