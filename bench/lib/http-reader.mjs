/**
 * Reads HTTP/1.1 messages off a socket: requests and answers, sized and chunked. It looks only at the headers it needs and
 * copies no body that nobody wants, because what the harness spends on reading is taken from the server on the same processors.
 */
const END_OF_HEAD = Buffer.from('\r\n\r\n');
const NOTHING = Buffer.alloc(0);

export class HttpReader {
  /** Whether bodies are handed over; else their bytes are only counted. */
  keepsBodies = true;
  #onMessage;
  #ownedChunks;
  #rest = NOTHING;
  #state = 'head';
  #left = 0;
  #start = '';
  #head = '';
  #pieces = [];
  #bytes = 0;

  /**
   * `onMessage({ start, head, pieces, bytes })`: first line, all of the head, the body in pieces. Where the memory of chunks is
   * used again after `push`, they are not owned.
   */
  constructor(onMessage, { ownedChunks = true } = {}) {
    this.#onMessage = onMessage;
    this.#ownedChunks = ownedChunks;
  }

  push(chunk) {
    let data = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    this.#rest = NOTHING;
    while (data.length > 0) {
      const next = this.#step(data);
      if (next === undefined) {
        this.#rest = this.#owned(data);
        return;
      }
      data = next;
    }
  }

  /** What is left after one step; undefined while more bytes are needed. */
  #step(data) {
    switch (this.#state) {
      case 'head':
        return this.#readHead(data);
      case 'body':
      case 'chunk':
        return this.#readBody(data);
      default:
        return this.#readLine(data);
    }
  }

  #readHead(data) {
    const end = data.indexOf(END_OF_HEAD);
    if (end < 0) return undefined;
    this.#head = data.latin1Slice(0, end).toLowerCase();
    this.#start = data.latin1Slice(0, data.indexOf('\r\n'));
    const length = /\r\ncontent-length: *(\d+)/.exec(this.#head);
    if (length !== null) this.#expect('body', Number(length[1]));
    else if (/\r\ntransfer-encoding: *chunked/.test(this.#head)) this.#state = 'size';
    else this.#finish();
    return data.subarray(end + 4);
  }

  #expect(state, bytes) {
    this.#state = state;
    this.#left = bytes;
    if (bytes === 0) this.#finish();
  }

  #readBody(data) {
    const piece = data.length <= this.#left ? data : data.subarray(0, this.#left);
    if (this.keepsBodies) this.#pieces.push(this.#owned(piece));
    this.#bytes += piece.length;
    this.#left -= piece.length;
    if (this.#left === 0) {
      if (this.#state === 'body') this.#finish();
      else this.#state = 'after-chunk';
    }
    return data.subarray(piece.length);
  }

  #owned(bytes) {
    return this.#ownedChunks ? bytes : Buffer.from(bytes);
  }

  /** The lines between chunks: the size of the next, the empty one behind each, the last one of all. */
  #readLine(data) {
    const end = data.indexOf('\r\n');
    if (end < 0) return undefined;
    if (this.#state === 'after-chunk') this.#state = 'size';
    else if (this.#state === 'trailer') {
      if (end === 0) this.#finish();
    } else {
      this.#left = Number.parseInt(data.latin1Slice(0, end), 16);
      this.#state = this.#left === 0 ? 'trailer' : 'chunk';
    }
    return data.subarray(end + 2);
  }

  #finish() {
    const message = { start: this.#start, head: this.#head, pieces: this.#pieces, bytes: this.#bytes };
    this.#state = 'head';
    this.#pieces = [];
    this.#bytes = 0;
    this.#onMessage(message);
  }
}
