import { close, fdatasync, fsync, ftruncate, ftruncateSync, open, unlink, write, writeSync } from 'node:fs';
import { promisify } from 'node:util';
import { fileHead } from './frame.js';
import { segmentName } from './log-files.js';

const openFile = promisify(open);
const writeFile = promisify(write);
const truncateFile = promisify(ftruncate);
const syncData = promisify(fdatasync);
const syncAll = promisify(fsync);
const closeFile = promisify(close);
const removeFile = promisify(unlink);

/** The file that commits go to. Never two calls at a time, but for `sync`. */
export class Segment {
  #size = 0;
  /** How much of it is on the disk itself. */
  #synced = 0;

  private constructor(
    readonly number: number,
    private readonly descriptor: number,
  ) {}

  /** Leaves no file behind when it rejects, which would be in the way of the next try. */
  static async create(directory: string, number: number, bytesBefore: number): Promise<Segment> {
    const path = `${directory}/${segmentName(number)}`;
    const segment = new Segment(number, await openFile(path, 'wx'));
    try {
      await segment.append(fileHead(bytesBefore));
      await syncDirectory(directory);
    } catch (error) {
      await segment.close();
      await removeFile(path);
      throw error;
    }
    return segment;
  }

  get size(): number {
    return this.#size;
  }

  get isSynced(): boolean {
    return this.#synced === this.#size;
  }

  /** All of it or, when it rejects, nothing: the system has it then, and the end of this process changes nothing. */
  async append(bytes: Buffer): Promise<void> {
    let done = 0;
    try {
      while (done < bytes.length) {
        const { bytesWritten } = await writeFile(this.descriptor, bytes, done, bytes.length - done, this.#size + done);
        done += bytesWritten;
      }
    } catch (error) {
      // Half a frame would be damage as soon as another follows.
      await truncateFile(this.descriptor, this.#size).catch(() => undefined);
      throw error;
    }
    this.#size += bytes.length;
  }

  /** The same without waiting for another thread. */
  appendNow(bytes: Buffer): void {
    let done = 0;
    try {
      while (done < bytes.length)
        done += writeSync(this.descriptor, bytes, done, bytes.length - done, this.#size + done);
    } catch (error) {
      ftruncateSync(this.descriptor, this.#size);
      throw error;
    }
    this.#size += bytes.length;
  }

  /** To the disk itself: the end of the machine's power changes nothing then. */
  async sync(): Promise<void> {
    const size = this.#size;
    await syncData(this.descriptor);
    this.#synced = Math.max(this.#synced, size);
  }

  close(): Promise<void> {
    return closeFile(this.descriptor);
  }
}

async function syncDirectory(directory: string): Promise<void> {
  const descriptor = await openFile(directory, 'r');
  try {
    await syncAll(descriptor);
  } finally {
    await closeFile(descriptor);
  }
}
