import { scaleOf } from '../values/facts.ts';
import type { DataType, TypeName } from '../values/types.ts';

/** What sys.columns and sys.types say of a type: its numbers, its length in bytes, its precision. */

/** system_type_id, which is also the user_type_id of every type here. https://learn.microsoft.com/sql/relational-databases/system-catalog-views/sys-types-transact-sql */
const TYPE_IDS: Readonly<Record<TypeName, number>> = {
  uniqueidentifier: 36,
  date: 40,
  time: 41,
  datetime2: 42,
  datetimeoffset: 43,
  tinyint: 48,
  smallint: 52,
  int: 56,
  real: 59,
  datetime: 61,
  float: 62,
  bit: 104,
  decimal: 106,
  bigint: 127,
  varbinary: 165,
  varchar: 167,
  binary: 173,
  char: 175,
  rowversion: 189,
  nvarchar: 231,
  nchar: 239,
};

const FIXED_LENGTHS: Readonly<Partial<Record<TypeName, number>>> = {
  uniqueidentifier: 16,
  date: 3,
  tinyint: 1,
  smallint: 2,
  int: 4,
  real: 4,
  datetime: 8,
  float: 8,
  bit: 1,
  bigint: 8,
  rowversion: 8,
};

const PRECISIONS: Readonly<Partial<Record<TypeName, number>>> = {
  tinyint: 3,
  smallint: 5,
  int: 10,
  real: 24,
  datetime: 23,
  float: 53,
  bit: 1,
  bigint: 19,
  date: 10,
};

/** Digits before the fraction, and its point: `yyyy-mm-dd hh:mm:ss.` is 20. */
const MOMENT_WIDTHS: Readonly<Partial<Record<TypeName, number>>> = { time: 9, datetime2: 20, datetimeoffset: 27 };

export function typeId(type: DataType): number {
  return TYPE_IDS[type.name];
}

export function typeNames(): readonly TypeName[] {
  return Object.keys(TYPE_IDS) as TypeName[];
}

/** SQL Server still calls rowversion timestamp. */
export function catalogueTypeName(type: DataType): string {
  return type.name === 'rowversion' ? 'timestamp' : type.name;
}

/** In bytes, -1 for MAX. */
export function maxLength(type: DataType): number {
  if (type.length === 'max') return -1;
  switch (type.name) {
    case 'char':
    case 'varchar':
    case 'binary':
    case 'varbinary':
      return type.length ?? 8000;
    case 'nchar':
    case 'nvarchar':
      return (type.length ?? 4000) * 2;
    case 'decimal':
      return decimalBytes(type.precision ?? 18);
    case 'time':
      return 3 + momentBytes(scaleOf(type));
    case 'datetime2':
      return 6 + momentBytes(scaleOf(type));
    case 'datetimeoffset':
      return 8 + momentBytes(scaleOf(type));
    default:
      return FIXED_LENGTHS[type.name] ?? 0;
  }
}

function decimalBytes(precision: number): number {
  if (precision <= 9) return 5;
  if (precision <= 19) return 9;
  return precision <= 28 ? 13 : 17;
}

/** Bytes beyond the shortest form, which has up to two digits of a second. */
function momentBytes(scale: number): number {
  if (scale <= 2) return 0;
  return scale <= 4 ? 1 : 2;
}

export function precision(type: DataType): number {
  if (type.name === 'decimal') return type.precision ?? 18;
  const width = MOMENT_WIDTHS[type.name];
  if (width === undefined) return PRECISIONS[type.name] ?? 0;
  const scale = scaleOf(type);
  return scale === 0 ? width - 1 : width + scale;
}

export function scale(type: DataType): number {
  if (type.name === 'decimal') return type.scale ?? 0;
  if (type.name === 'datetime') return 3;
  return type.name in MOMENT_WIDTHS ? scaleOf(type) : 0;
}
