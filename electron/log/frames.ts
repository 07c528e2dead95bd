import { crc32 } from 'node:zlib';

/**
 * The shape of a record on the disk: marker, length, sequence, checksum (each 4 bytes, little-endian), then the text
 * as UTF-8. The marker holds bytes that no UTF-8 text can hold, so a record is found again behind damage.
 * After the last record stand zeros: the space that was reserved.
 */
const marker = Buffer.from([0xf7, 0x4d, 0x31, 0xff]);
const headerLength = 16;
const encoder = new TextEncoder();

export interface Frame {
  readonly sequence: number;
  readonly payload: Uint8Array;
  /** False where the checksum does not hold; the payload is then whatever stands up to the next record. */
  readonly intact: boolean;
}

export interface Scan {
  readonly frames: readonly Frame[];
  /** Where the next record belongs. */
  readonly end: number;
  /** Bytes behind `end` that a write in flight left when the machine stopped; 0 when the end is clean. */
  readonly tornBytes: number;
}

function checksum(header: Uint8Array, payload: Uint8Array): number {
  return crc32(payload, crc32(header.subarray(4, 12)));
}

/** One record as bytes. Records are text without NUL: missing bytes read as zeros, and so tell a tear from damage. */
export function frame(sequence: number, text: string): Uint8Array {
  const payload = encoder.encode(text);
  if (payload.length === 0 || payload.includes(0)) throw new TypeError('A record is text, not empty and without NUL.');
  const bytes = Buffer.alloc(headerLength + payload.length);
  marker.copy(bytes);
  bytes.writeUInt32LE(payload.length, 4);
  bytes.writeUInt32LE(sequence, 8);
  bytes.writeUInt32LE(checksum(bytes, payload), 12);
  bytes.set(payload, headerLength);
  return bytes;
}

interface Header {
  readonly sequence: number;
  readonly payload: Buffer;
  readonly checksumField: Buffer;
  readonly holds: boolean;
  readonly next: number;
}

function headerAt(bytes: Buffer, offset: number): Header | undefined {
  if (offset + headerLength > bytes.length || bytes.compare(marker, 0, 4, offset, offset + 4) !== 0) return undefined;
  const next = offset + headerLength + bytes.readUInt32LE(offset + 4);
  if (next > bytes.length) return undefined;
  const payload = bytes.subarray(offset + headerLength, next);
  const holds = bytes.readUInt32LE(offset + 12) === checksum(bytes.subarray(offset, offset + headerLength), payload);
  const checksumField = bytes.subarray(offset + 12, offset + 16);
  return { sequence: bytes.readUInt32LE(offset + 8), payload, checksumField, holds, next };
}

/** The next place behind `from` where a whole record stands. */
function nextIntact(bytes: Buffer, from: number): number | undefined {
  for (let at = bytes.indexOf(marker, from); at !== -1; at = bytes.indexOf(marker, at + 1)) {
    if (headerAt(bytes, at)?.holds === true) return at;
  }
  return undefined;
}

function lastNonZero(bytes: Buffer, from: number): number {
  let at = bytes.length;
  while (at > from && bytes[at - 1] === 0) at -= 1;
  return at;
}

/**
 * A record at the end whose length fits, whose text is all there and whose checksum is wrong was altered after it was
 * written: a write that did not finish leaves zeros in the reserved space, and text holds none.
 */
function isAltered(header: Header | undefined): header is Header {
  return (
    header !== undefined &&
    header.payload.length > 0 &&
    !header.payload.includes(0) &&
    !header.checksumField.includes(0)
  );
}

/** Reads every record there is, damaged ones included. Never fails; what to make of damage is the reader's business. */
export function scanFrames(content: Uint8Array): Scan {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  const frames: Frame[] = [];
  let offset = 0;
  for (;;) {
    const header = headerAt(bytes, offset);
    if (header?.holds === true) {
      frames.push({ sequence: header.sequence, payload: header.payload, intact: true });
      offset = header.next;
      continue;
    }
    const resumed = nextIntact(bytes, offset + 1);
    if (resumed !== undefined) {
      const payload = bytes.subarray(Math.min(offset + headerLength, resumed), resumed);
      frames.push({ sequence: frames.length + 1, payload, intact: false });
      offset = resumed;
      continue;
    }
    if (isAltered(header)) {
      frames.push({ sequence: header.sequence, payload: header.payload, intact: false });
      offset = header.next;
      continue;
    }
    return { frames, end: offset, tornBytes: lastNonZero(bytes, offset) - offset };
  }
}
