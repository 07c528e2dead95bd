import { sqlError } from '../sql-error.ts';
import { familyOf, isUnicode } from './facts.ts';
import type { DataType, Value } from './types.ts';

/** Numbers keep their low bytes (padded on the left), everything else its first ones (padded on the right). */
export function toBinary(
  value: Exclude<Value, null>,
  from: DataType,
  to: DataType,
  style: number | undefined,
): Uint8Array {
  const fixed = to.name === 'rowversion' ? 8 : to.name === 'binary' ? Number(to.length ?? 1) : undefined;
  const limit = fixed ?? (to.length === 'max' || to.length === undefined ? Infinity : to.length);
  const bytes = bytesOf(value, from, style);
  const numeric = ['integer', 'bit', 'decimal'].includes(familyOf(from));
  if (bytes.length > limit) return numeric ? bytes.slice(bytes.length - limit) : bytes.slice(0, limit);
  if (fixed === undefined || bytes.length === fixed) return bytes;
  const padded = new Uint8Array(fixed);
  padded.set(bytes, numeric ? fixed - bytes.length : 0);
  return padded;
}

function bytesOf(value: Exclude<Value, null>, from: DataType, style: number | undefined): Uint8Array {
  if (value instanceof Uint8Array) return value;
  if (typeof value === 'string') {
    if (familyOf(from) === 'guid') return guidBytes(value);
    return style === 1 || style === 2 ? hexBytes(value, from, style) : textBytes(value, from);
  }
  if (typeof value === 'boolean') return Uint8Array.of(value ? 1 : 0);
  const size = { tinyint: 1, smallint: 2, int: 4 }[from.name as 'tinyint' | 'smallint' | 'int'] ?? 8;
  const bytes = new Uint8Array(size);
  let rest = BigInt.asUintN(size * 8, BigInt(typeof value === 'number' ? Math.trunc(value) : value));
  for (let i = size - 1; i >= 0; i--) {
    bytes[i] = Number(rest & 255n);
    rest >>= 8n;
  }
  return bytes;
}

/** The bytes that DATALENGTH counts and HASHBYTES reads: UTF-16LE for n-types, the code page (1252) for the others. */
export function textBytes(text: string, type: DataType): Uint8Array {
  return new Uint8Array(Buffer.from(text, isUnicode(type) ? 'utf16le' : 'latin1'));
}

function hexBytes(text: string, from: DataType, style: 1 | 2): Uint8Array {
  const match = (style === 1 ? /^0x((?:[0-9a-f]{2})*)$/i : /^((?:[0-9a-f]{2})*)$/i).exec(text.trim());
  if (!match) throw sqlError(8114, from.name, 'varbinary');
  return new Uint8Array(Buffer.from(match[1] ?? '', 'hex'));
}

function guidBytes(guid: string): Uint8Array {
  const hex = Buffer.from(guid.replaceAll('-', ''), 'hex');
  return Uint8Array.from([3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15], (index) => hex[index] ?? 0);
}
