import { ProtocolViolation } from './protocol-violation.ts';

/** Reads little-endian TDS fields one after another; reading past the end is a `ProtocolViolation`. */
export class ByteReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get finished(): boolean {
    return this.#at >= this.#bytes.length;
  }

  /** The next byte without moving on, undefined at the end. */
  peek(): number | undefined {
    return this.#bytes[this.#at];
  }

  u8(): number {
    return this.take(1).readUInt8();
  }

  u16(): number {
    return this.take(2).readUInt16LE();
  }

  u32(): number {
    return this.take(4).readUInt32LE();
  }

  u64(): bigint {
    return this.take(8).readBigUInt64LE();
  }

  /** A view of the next `count` bytes: valid as long as the message is. */
  take(count: number): Buffer {
    const end = this.#at + count;
    if (end > this.#bytes.length) {
      throw new ProtocolViolation(`a field of ${count} bytes runs past the end of the message`);
    }
    const view = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return view;
  }

  /** UTF-16 text of `characters` code units. */
  text(characters: number): string {
    return this.take(characters * 2).toString('utf16le');
  }

  /** B_VARCHAR: one length byte, then that many UTF-16 code units. */
  shortText(): string {
    return this.text(this.u8());
  }

  /** A name in a transaction manager request: one length byte too, but that many bytes. */
  transactionName(): string {
    return this.take(this.u8()).toString('utf16le');
  }

  rest(): Buffer {
    return this.take(this.#bytes.length - this.#at);
  }
}
