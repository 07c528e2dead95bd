import { SqlError, sqlError } from '../sql-error.ts';
import { toBinary } from './convert-binary.ts';
import { toMoment, toTime } from './convert-moments.ts';
import { toDecimal, toFloat, toInteger, toBit } from './convert-numbers.ts';
import { fitText, toText } from './convert-text.ts';
import { familyOf, isText, sameType, typeNameInMessages } from './facts.ts';
import { convertsExplicitly } from './precedence.ts';
import type { DataType, Value } from './types.ts';

export type Converter = (value: Value) => Value;

/**
 * CAST and CONVERT (learn.microsoft.com/sql/t-sql/functions/cast-and-convert-transact-sql): text that is too long for
 * its target is cut without an error; numbers that do not fit are one. 529 where the two types do not convert at all.
 */
export function converter(from: DataType, to: DataType, style?: number): Converter {
  if (sameType(from, to) && style === undefined) return (value) => value;
  if (!convertsExplicitly(from, to)) throw sqlError(529, typeNameInMessages(from), typeNameInMessages(to));
  const convert = rawConverter(from, to, style);
  return (value) => (value === null ? null : convert(value));
}

type RawConverter = (value: Exclude<Value, null>) => Value;

function rawConverter(from: DataType, to: DataType, style: number | undefined): RawConverter {
  switch (familyOf(to)) {
    case 'bit':
      return (value) => toBit(value, from);
    case 'integer':
      return (value) => toInteger(value, from, to);
    case 'decimal':
      return (value) => toDecimal(value, from, to);
    case 'float':
      return (value) => toFloat(value, from, to);
    case 'text':
      return isText(from)
        ? (value) => fitText(String(value), to)
        : (value) => fitText(toText(value, from, to, style), to);
    case 'moment':
      return (value) => toMoment(value, from, to);
    case 'time':
      return (value) => toTime(value, from, to);
    case 'guid':
      return (value) => toGuid(value, from);
    case 'binary':
      return (value) => toBinary(value, from, to, style);
  }
}

/** TRY_CAST, TRY_CONVERT: NULL instead of an error of conversion. */
export function attempt(convert: Converter): Converter {
  return (value) => {
    try {
      return convert(value);
    } catch (error) {
      if (error instanceof SqlError) return null;
      throw error;
    }
  };
}

function toGuid(value: Exclude<Value, null>, from: DataType): string {
  if (value instanceof Uint8Array) return guidFromBytes(value);
  if (familyOf(from) === 'guid') return String(value);
  const match = /^\{?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}?/i.exec(String(value));
  if (!match?.[1]) throw sqlError(8169);
  return match[1].toUpperCase();
}

/** The first three groups are little-endian in memory. */
function guidFromBytes(bytes: Uint8Array): string {
  const order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];
  const hex = order.map((index) => (bytes[index] ?? 0).toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)]
    .join('-')
    .toUpperCase();
}
