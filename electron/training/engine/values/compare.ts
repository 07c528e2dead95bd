import type { Collation } from './collation.ts';
import { familyOf } from './facts.ts';
import type { DataType, Value } from './types.ts';

type Known = Exclude<Value, null>;

/** Compares two values of one type, neither NULL. */
export type Comparison = (a: Known, b: Known) => number;

export function comparison(type: DataType, collation: Collation): Comparison {
  switch (familyOf(type)) {
    case 'text':
      return (a, b) => collation.compare(a as string, b as string);
    case 'binary':
      return (a, b) => compareBytes(a as Uint8Array, b as Uint8Array);
    case 'guid':
      return (a, b) => compareGuids(a as string, b as string);
    default:
      return (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  }
}

/** Orders NULL first, as ORDER BY and indexes do. */
export function orderWithNull(compare: Comparison): (a: Value, b: Value) => number {
  return (a, b) => {
    if (a === null) return b === null ? 0 : -1;
    return b === null ? 1 : compare(a, b);
  };
}

/** A text or number that is the same for two values exactly where they are equal, for hashing. */
export type KeyOf = (value: Known) => string | number | bigint | boolean;

export function keyOf(type: DataType, collation: Collation): KeyOf {
  switch (familyOf(type)) {
    case 'text':
      return (value) => collation.key(value as string);
    case 'binary':
      return (value) => bytesKey(value as Uint8Array);
    default:
      return (value) => value as string | number | bigint | boolean;
  }
}

/** One key for several values; NULLs are alike, as DISTINCT, EXCEPT and GROUP BY see them. */
export function rowKeyOf(keys: readonly KeyOf[]): (row: readonly Value[]) => string {
  return (row) => {
    let key = '';
    for (let i = 0; i < keys.length; i++) {
      const value = row[i] ?? null;
      const part = value === null ? null : keys[i]?.(value);
      // The length in front keeps ('a', 'bc') apart from ('ab', 'c').
      const text = part === null ? 'n' : String(part);
      key += part === null ? 'n|' : `${text.length}:${text}|`;
    }
    return key;
  };
}

/** Missing bytes at the end count as zero. */
function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.max(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function bytesKey(bytes: Uint8Array): string {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end--;
  return Buffer.from(bytes.subarray(0, end)).toString('latin1');
}

/** uniqueidentifier sorts by its last group first, then the fourth, then the others byte by byte from the right. */
function compareGuids(a: string, b: string): number {
  const x = guidOrder(a);
  const y = guidOrder(b);
  return x < y ? -1 : x > y ? 1 : 0;
}

function guidOrder(guid: string): string {
  const [first = '', second = '', third = '', fourth = '', last = ''] = guid.split('-');
  return last + fourth + backwards(third) + backwards(second) + backwards(first);
}

function backwards(hex: string): string {
  return (hex.match(/../g) ?? []).toReversed().join('');
}
