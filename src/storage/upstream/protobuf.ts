/**
 * As much of the protobuf wire format as Alertmanager's two snapshot files need: reading and writing messages of known
 * fields, each message preceded by its length.
 *
 * Keeps: a reader never leaves its bytes, and says so with a WireError when they end too early. Unknown fields are skipped.
 */
export class WireError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'WireError';
  }
}

const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;
const FIXED32 = 5;

export class WireReader {
  #at = 0;

  constructor(private readonly bytes: Buffer) {}

  get isAtEnd(): boolean {
    return this.#at >= this.bytes.length;
  }

  get position(): number {
    return this.#at;
  }

  varint(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.bytes[this.#at];
      if (byte === undefined) throw new WireError('the file ends within a number');
      this.#at++;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
    throw new WireError('a number of more than ten bytes');
  }

  /** Preceded by its length: a message, a text or bytes. */
  chunk(): Buffer {
    const length = this.varint();
    if (length > BigInt(this.bytes.length - this.#at))
      throw new WireError(`${length} bytes were announced, ${this.bytes.length - this.#at} are left`);
    return this.take(Number(length));
  }

  take(length: number): Buffer {
    const end = this.#at + length;
    if (end > this.bytes.length) throw new WireError('the file ends within a field');
    const part = this.bytes.subarray(this.#at, end);
    this.#at = end;
    return part;
  }
}

/** One field of a message: its number and, by its kind on the wire, a number or bytes. */
export interface WireField {
  readonly number: number;
  readonly value: bigint | Buffer;
}

export function fieldsOf(message: Buffer): readonly WireField[] {
  const reader = new WireReader(message);
  const fields: WireField[] = [];
  while (!reader.isAtEnd) {
    const tag = reader.varint();
    fields.push({ number: Number(tag >> 3n), value: valueOf(reader, Number(tag & 7n)) });
  }
  return fields;
}

function valueOf(reader: WireReader, wireType: number): bigint | Buffer {
  switch (wireType) {
    case VARINT:
      return reader.varint();
    case FIXED64:
      return reader.take(8);
    case BYTES:
      return reader.chunk();
    case FIXED32:
      return reader.take(4);
    default:
      throw new WireError(`a field of the unknown kind ${wireType}`);
  }
}

/** The last value counts, as everywhere in protobuf. */
export class WireMessage {
  readonly #fields: readonly WireField[];

  constructor(bytes: Buffer) {
    this.#fields = fieldsOf(bytes);
  }

  text(number: number): string {
    return this.chunk(number)?.toString('utf8') ?? '';
  }

  chunk(number: number): Buffer | undefined {
    return this.chunks(number).at(-1);
  }

  chunks(number: number): readonly Buffer[] {
    return this.#values(number).filter((value) => typeof value !== 'bigint');
  }

  message(number: number): WireMessage | undefined {
    const bytes = this.chunk(number);
    return bytes && new WireMessage(bytes);
  }

  messages(number: number): readonly WireMessage[] {
    return this.chunks(number).map((bytes) => new WireMessage(bytes));
  }

  integer(number: number): bigint | undefined {
    return this.integers(number).at(-1);
  }

  /** Repeated numbers, packed or one by one. */
  integers(number: number): readonly bigint[] {
    return this.#values(number).flatMap((value) => (typeof value === 'bigint' ? [value] : unpacked(value)));
  }

  #values(number: number): readonly (bigint | Buffer)[] {
    return this.#fields.filter((field) => field.number === number).map(({ value }) => value);
  }
}

function unpacked(bytes: Buffer): readonly bigint[] {
  const reader = new WireReader(bytes);
  const numbers: bigint[] = [];
  while (!reader.isAtEnd) numbers.push(reader.varint());
  return numbers;
}

/** Fields with the value that a reader assumes anyway (zero, empty) are left out, as Go's writer does. */
export class WireWriter {
  readonly #parts: Buffer[] = [];

  integer(number: number, value: bigint): this {
    if (value !== 0n) this.#parts.push(tag(number, VARINT), varint(value));
    return this;
  }

  integers(number: number, values: readonly bigint[]): this {
    return values.length === 0 ? this : this.bytes(number, Buffer.concat(values.map(varint)));
  }

  text(number: number, value: string): this {
    return value === '' ? this : this.bytes(number, Buffer.from(value));
  }

  /** Written even when empty: that it is there means something. */
  bytes(number: number, value: Buffer): this {
    this.#parts.push(tag(number, BYTES), varint(BigInt(value.length)), value);
    return this;
  }

  message(number: number, message: WireWriter): this {
    return this.bytes(number, message.finish());
  }

  fixed64(number: number, value: Buffer): this {
    this.#parts.push(tag(number, FIXED64), value);
    return this;
  }

  finish(): Buffer {
    return Buffer.concat(this.#parts);
  }
}

/** A message as it stands in a snapshot. */
export function withLength(message: WireWriter): Buffer {
  const bytes = message.finish();
  return Buffer.concat([varint(BigInt(bytes.length)), bytes]);
}

const tag = (number: number, wireType: number): Buffer => varint(BigInt(number * 8 + wireType));

function varint(value: bigint): Buffer {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, value);
  while (rest > 0x7fn) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Buffer.from(bytes);
}
