import type { SqlType, SqlValue } from './backend.ts';
import { ByteReader } from './byte-reader.ts';
import { fromDateTimeTicks, fromScaledUnits, fromTimeUnits } from './calendar.ts';
import { ProtocolViolation } from './protocol-violation.ts';
import { plainTypes, timeWidth, unlimited, type PlainName, type ValueForm } from './types.ts';
import { swapGuidGroups } from './value-writer.ts';
import { decodeWindows1252 } from './windows-1252.ts';

const nullChunks = 0xffff_ffff_ffff_ffffn;

/** Reads the value of an RPC parameter whose TYPE_INFO has been read. */
export function readValue(reader: ByteReader, type: SqlType, form: ValueForm): SqlValue {
  const bytes = readBytes(reader, type, form);
  return bytes === null ? null : decode(type, bytes);
}

function readBytes(reader: ByteReader, type: SqlType, form: ValueForm): Buffer | null {
  switch (form) {
    case 'absent':
      return null;
    case 'fixed':
      return reader.take(plainTypes[type.name as PlainName].width);
    case 'short': {
      const length = reader.u8();
      return length === 0 ? null : reader.take(length);
    }
    case 'long': {
      const length = reader.u16();
      return length === unlimited ? null : reader.take(length);
    }
    case 'chunks':
      return readChunks(reader);
  }
}

/** PLP: a total that may be "unknown" and is not needed, then chunks up to an empty one. */
function readChunks(reader: ByteReader): Buffer | null {
  if (reader.u64() === nullChunks) {
    return null;
  }
  const chunks: Buffer[] = [];
  for (let length = reader.u32(); length !== 0; length = reader.u32()) {
    chunks.push(reader.take(length));
  }
  return Buffer.concat(chunks);
}

function decode(type: SqlType, bytes: Buffer): SqlValue {
  switch (type.name) {
    case 'bit':
      return bytes[0] !== 0;
    case 'tinyint':
      return bytes.readUInt8();
    case 'smallint':
      return sized(bytes, 2).readInt16LE();
    case 'int':
      return sized(bytes, 4).readInt32LE();
    case 'bigint':
      return sized(bytes, 8).readBigInt64LE();
    case 'real':
      return sized(bytes, 4).readFloatLE();
    case 'float':
      // A client may send a real in a parameter that it declared as float.
      return bytes.length === 4 ? bytes.readFloatLE() : sized(bytes, 8).readDoubleLE();
    case 'datetime':
      return fromDateTimeTicks({ day: sized(bytes, 8).readInt32LE(), units: bytes.readUInt32LE(4) });
    case 'uniqueidentifier':
      return guidText(sized(bytes, 16));
    case 'decimal':
      return decimalText(bytes, type.scale);
    case 'date':
      return fromScaledUnits({ day: sized(bytes, 3).readUIntLE(0, 3), units: 0 }, 7);
    case 'time':
      return fromTimeUnits(sized(bytes, timeWidth(type.scale)).readUIntLE(0, timeWidth(type.scale)), type.scale);
    case 'datetime2':
      return dayAndTime(sized(bytes, timeWidth(type.scale) + 3), type.scale);
    case 'datetimeoffset':
      return dayAndTime(sized(bytes, timeWidth(type.scale) + 5), type.scale);
    case 'char':
    case 'varchar':
      return decodeWindows1252(bytes);
    case 'nchar':
    case 'nvarchar':
      return bytes.toString('utf16le');
    case 'binary':
    case 'varbinary':
      return Uint8Array.from(bytes);
  }
}

function sized(bytes: Buffer, width: number): Buffer {
  if (bytes.length !== width) {
    throw new ProtocolViolation(`a value of ${bytes.length} bytes where its type has ${width}`);
  }
  return bytes;
}

function dayAndTime(bytes: Buffer, scale: number): Date {
  const width = timeWidth(scale);
  return fromScaledUnits({ units: bytes.readUIntLE(0, width), day: bytes.readUIntLE(width, 3) }, scale);
}

function guidText(bytes: Buffer): string {
  const copy = Buffer.from(bytes);
  swapGuidGroups(copy);
  const hex = copy.toString('hex').toUpperCase();
  const groups = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)];
  return groups.join('-');
}

function decimalText(bytes: Buffer, scale: number): string {
  const reader = new ByteReader(bytes);
  const negative = reader.u8() === 0;
  let mantissa = 0n;
  for (const byte of reader.rest().toReversed()) {
    mantissa = (mantissa << 8n) | BigInt(byte);
  }
  const digits = mantissa.toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const fraction = scale === 0 ? '' : `.${digits.slice(digits.length - scale)}`;
  return `${negative && mantissa !== 0n ? '-' : ''}${whole}${fraction}`;
}
