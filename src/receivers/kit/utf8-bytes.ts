/** The most that one UTF-16 unit becomes. */
const MOST_BYTES = 3;

/** A long text in the making, in the bytes in which it is sent. */
export class Utf8Bytes {
  #bytes: Buffer;
  #size = 0;

  constructor(expectedBytes: number) {
    this.#bytes = Buffer.allocUnsafeSlow(expectedBytes);
  }

  add(text: string): void {
    this.#makeRoom(this.#size + MOST_BYTES * text.length);
    this.#size += this.#bytes.write(text, this.#size);
  }

  /** All so far. */
  get written(): Uint8Array {
    return this.#bytes.subarray(0, this.#size);
  }

  #makeRoom(size: number): void {
    if (size <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(size, 2 * this.#bytes.length));
    this.#bytes.copy(larger, 0, 0, this.#size);
    this.#bytes = larger;
  }
}
