/** Builds little-endian TDS fields in one growing buffer, so that a row of many columns costs no small allocations. */
export class ByteWriter {
  #bytes: Buffer;
  #length = 0;

  constructor(capacity = 256) {
    this.#bytes = Buffer.allocUnsafe(capacity);
  }

  get length(): number {
    return this.#length;
  }

  u8(value: number): this {
    const at = this.#reserve(1);
    this.#bytes.writeUInt8(value, at);
    return this;
  }

  u16(value: number): this {
    const at = this.#reserve(2);
    this.#bytes.writeUInt16LE(value, at);
    return this;
  }

  u32(value: number): this {
    const at = this.#reserve(4);
    this.#bytes.writeUInt32LE(value, at);
    return this;
  }

  i32(value: number): this {
    const at = this.#reserve(4);
    this.#bytes.writeInt32LE(value, at);
    return this;
  }

  u64(value: bigint): this {
    const at = this.#reserve(8);
    this.#bytes.writeBigUInt64LE(value, at);
    return this;
  }

  /** A signed integer of 2, 4 or 8 bytes, or an unsigned one of 1 (SQL Server's tinyint has no sign). */
  integer(value: number | bigint, width: 1 | 2 | 4 | 8): this {
    const at = this.#reserve(width);
    if (width === 8) {
      this.#bytes.writeBigInt64LE(BigInt(value), at);
    } else if (width === 1) {
      this.#bytes.writeUInt8(Number(value), at);
    } else {
      this.#bytes.writeIntLE(Number(value), at, width);
    }
    return this;
  }

  /** An unsigned integer of any width up to 17 bytes, for times and decimals. */
  unsigned(value: bigint, width: number): this {
    const at = this.#reserve(width);
    let rest = value;
    for (let index = 0; index < width; index += 1) {
      this.#bytes[at + index] = Number(rest & 0xffn);
      rest >>= 8n;
    }
    if (rest !== 0n) {
      throw new RangeError(`${value} does not fit in ${width} bytes`);
    }
    return this;
  }

  float32(value: number): this {
    const at = this.#reserve(4);
    this.#bytes.writeFloatLE(value, at);
    return this;
  }

  float64(value: number): this {
    const at = this.#reserve(8);
    this.#bytes.writeDoubleLE(value, at);
    return this;
  }

  bytes(value: Uint8Array): this {
    const at = this.#reserve(value.length);
    this.#bytes.set(value, at);
    return this;
  }

  text(value: string): this {
    return this.bytes(Buffer.from(value, 'utf16le'));
  }

  /** B_VARCHAR: one length byte, then UTF-16. */
  shortText(value: string): this {
    return this.u8(value.length).text(value);
  }

  /** US_VARCHAR: a two-byte length, then UTF-16. */
  longText(value: string): this {
    return this.u16(value.length).text(value);
  }

  /** B_VARBYTE: one length byte, then bytes. */
  shortBytes(value: Uint8Array): this {
    return this.u8(value.length).bytes(value);
  }

  /** Writes what `body` writes, preceded by its length in two bytes. */
  measured(body: (writer: this) => void): this {
    const at = this.#reserve(2);
    body(this);
    this.#bytes.writeUInt16LE(this.#length - at - 2, at);
    return this;
  }

  /** Forgets what was written after `length`: half a token that could not be completed. */
  rewind(length: number): void {
    this.#length = length;
  }

  /** Everything written so far; the writer starts again empty. */
  take(): Buffer {
    const taken = Buffer.from(this.#bytes.subarray(0, this.#length));
    this.#length = 0;
    return taken;
  }

  #reserve(count: number): number {
    const at = this.#length;
    const end = at + count;
    if (end > this.#bytes.length) {
      const grown = Buffer.allocUnsafe(Math.max(end, this.#bytes.length * 2));
      this.#bytes.copy(grown, 0, 0, at);
      this.#bytes = grown;
    }
    this.#length = end;
    return at;
  }
}
