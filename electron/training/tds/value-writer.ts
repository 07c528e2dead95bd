import type { SqlType, SqlValue } from './backend.ts';
import type { ByteWriter } from './byte-writer.ts';
import { toDateTimeTicks, toScaledUnits } from './calendar.ts';
import { mantissaWidth, plainTypes, timeWidth, unlimited, type PlainName, type SizedName } from './types.ts';
import { encodeWindows1252 } from './windows-1252.ts';

const nullChunks = 0xffff_ffff_ffff_ffffn;

/**
 * Writes a value in the layout that `writeTypeInfo` announced for the same type and nullability. A value of another
 * JavaScript type than `SqlValue` promises for the SQL type is a defect of the backend: TypeError.
 */
export function writeValue(writer: ByteWriter, type: SqlType, nullable: boolean, value: SqlValue): void {
  switch (type.name) {
    case 'date':
      writeDate(writer, value);
      return;
    case 'time':
    case 'datetime2':
    case 'datetimeoffset':
      writeClock(writer, type, value);
      return;
    case 'uniqueidentifier':
      if (value === null) {
        writer.u8(0);
      } else {
        writer.u8(16).bytes(guidBytes(expectText(value)));
      }
      return;
    case 'decimal':
      writeDecimal(writer, type.precision, type.scale, value);
      return;
    case 'char':
    case 'varchar':
    case 'nchar':
    case 'nvarchar':
    case 'binary':
    case 'varbinary':
      writeSized(writer, type.name, type.length, value);
      return;
    default:
      writePlain(writer, type.name, nullable, value);
  }
}

function writePlain(writer: ByteWriter, name: PlainName, nullable: boolean, value: SqlValue): void {
  if (value === null) {
    if (!nullable) {
      throw new TypeError(`NULL in a column of type ${name} that cannot be NULL`);
    }
    writer.u8(0);
    return;
  }
  const { width } = plainTypes[name];
  if (nullable) {
    writer.u8(width);
  }
  switch (name) {
    case 'bit':
      writer.u8(value === true || value === 1 ? 1 : 0);
      return;
    case 'real':
      writer.float32(expectNumber(value));
      return;
    case 'float':
      writer.float64(expectNumber(value));
      return;
    case 'datetime': {
      const { day, units } = toDateTimeTicks(expectDate(value));
      writer.i32(day).u32(units);
      return;
    }
    case 'bigint':
      writer.integer(typeof value === 'bigint' ? value : expectNumber(value), width);
      return;
    default:
      writer.integer(expectNumber(value), width);
  }
}

function writeDate(writer: ByteWriter, value: SqlValue): void {
  if (value === null) {
    writer.u8(0);
  } else {
    writer.u8(3).unsigned(BigInt(toScaledUnits(expectDate(value), 7).day), 3);
  }
}

type ClockType = Extract<SqlType, { readonly scale: number; readonly name: 'time' | 'datetime2' | 'datetimeoffset' }>;

/** Bytes after the time of day: the day, and the offset from UTC. */
const bytesAfterTime = { time: 0, datetime2: 3, datetimeoffset: 5 } as const;

function writeClock(writer: ByteWriter, { name, scale }: ClockType, value: SqlValue): void {
  if (value === null) {
    writer.u8(0);
    return;
  }
  const { day, units } = toScaledUnits(expectDate(value), scale);
  const width = timeWidth(scale);
  writer.u8(width + bytesAfterTime[name]).unsigned(BigInt(units), width);
  if (name !== 'time') {
    writer.unsigned(BigInt(day), 3);
  }
  if (name === 'datetimeoffset') {
    // The instant travels in UTC; the offset in minutes, which our values do not carry, follows it.
    writer.u16(0);
  }
}

function writeDecimal(writer: ByteWriter, precision: number, scale: number, value: SqlValue): void {
  if (value === null) {
    writer.u8(0);
    return;
  }
  const text = typeof value === 'string' ? value : String(expectNumber(value));
  const match = /^([-+]?)(\d*)(?:\.(\d*))?$/.exec(text);
  if (match === null) {
    throw new TypeError(`"${text}" is no decimal`);
  }
  const [, sign, whole = '', fraction = ''] = match;
  const kept = fraction.slice(0, scale).padEnd(scale, '0');
  const roundUp = fraction.charAt(scale) >= '5';
  const mantissa = BigInt(`${whole}${kept}` || '0') + (roundUp ? 1n : 0n);
  const width = mantissaWidth(precision);
  writer
    .u8(width + 1)
    .u8(sign === '-' && mantissa !== 0n ? 0 : 1)
    .unsigned(mantissa, width);
}

function writeSized(writer: ByteWriter, name: SizedName, length: number | 'max', value: SqlValue): void {
  if (value === null) {
    if (length === 'max') {
      writer.u64(nullChunks);
    } else {
      writer.u16(unlimited);
    }
    return;
  }
  const bytes = sizedBytes(name, length, value);
  if (length !== 'max') {
    writer.u16(bytes.length).bytes(bytes);
    return;
  }
  writer.u64(BigInt(bytes.length));
  if (bytes.length > 0) {
    writer.u32(bytes.length).bytes(bytes);
  }
  writer.u32(0);
}

/** The bytes of a string or binary; char, nchar and binary are filled up to their declared length. */
function sizedBytes(name: SizedName, length: number | 'max', value: SqlValue): Uint8Array {
  const declared = length === 'max' ? 0 : length;
  switch (name) {
    case 'binary': {
      const bytes = expectBytes(value);
      return bytes.length >= declared ? bytes : Buffer.concat([bytes], declared);
    }
    case 'varbinary':
      return expectBytes(value);
    case 'char':
      return encodeWindows1252(expectText(value).padEnd(declared));
    case 'varchar':
      return encodeWindows1252(expectText(value));
    case 'nchar':
      return Buffer.from(expectText(value).padEnd(declared), 'utf16le');
    case 'nvarchar':
      return Buffer.from(expectText(value), 'utf16le');
  }
}

/** The first three groups of a uniqueidentifier travel little-endian, the rest as written. */
function guidBytes(text: string): Buffer {
  const bytes = Buffer.from(text.replaceAll('-', ''), 'hex');
  if (bytes.length !== 16) {
    throw new TypeError(`"${text}" is no uniqueidentifier`);
  }
  swapGuidGroups(bytes);
  return bytes;
}

/** Turns the byte order of the three little-endian groups around, in place; doing it twice changes nothing. */
export function swapGuidGroups(bytes: Buffer): void {
  bytes.subarray(0, 4).reverse();
  bytes.subarray(4, 6).reverse();
  bytes.subarray(6, 8).reverse();
}

function expectNumber(value: SqlValue): number {
  if (typeof value === 'number') {
    return value;
  }
  throw mismatch('a number', value);
}

function expectText(value: SqlValue): string {
  if (typeof value === 'string') {
    return value;
  }
  throw mismatch('text', value);
}

function expectDate(value: SqlValue): Date {
  if (value instanceof Date && !Number.isNaN(value.getTime())) {
    return value;
  }
  throw mismatch('a date', value);
}

function expectBytes(value: SqlValue): Uint8Array {
  if (value instanceof Uint8Array) {
    return value;
  }
  throw mismatch('bytes', value);
}

function mismatch(expected: string, value: SqlValue): TypeError {
  return new TypeError(`a column promised ${expected} and the row holds a ${typeof value}`);
}
