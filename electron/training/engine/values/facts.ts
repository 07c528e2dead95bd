import { decimal, type DataType, type TypeName } from './types.ts';

/** What is asked about a type again and again: its family, its name in a message, its limits. */

export type Family = 'integer' | 'decimal' | 'float' | 'text' | 'moment' | 'time' | 'guid' | 'binary' | 'bit';

const families: Readonly<Record<TypeName, Family>> = {
  bit: 'bit',
  tinyint: 'integer',
  smallint: 'integer',
  int: 'integer',
  bigint: 'integer',
  decimal: 'decimal',
  float: 'float',
  real: 'float',
  char: 'text',
  varchar: 'text',
  nchar: 'text',
  nvarchar: 'text',
  date: 'moment',
  time: 'time',
  datetime: 'moment',
  datetime2: 'moment',
  datetimeoffset: 'moment',
  uniqueidentifier: 'guid',
  binary: 'binary',
  varbinary: 'binary',
  rowversion: 'binary',
};

export const familyOf = (type: DataType): Family => families[type.name];
export const isText = (type: DataType): boolean => families[type.name] === 'text';
export const isUnicode = (type: DataType): boolean => type.name === 'nchar' || type.name === 'nvarchar';
export const isNumeric = (type: DataType): boolean => ['integer', 'decimal', 'float', 'bit'].includes(familyOf(type));

/** SQL Server's messages say timestamp and numeric where the modern names are rowversion and decimal. */
export function typeNameInMessages(type: DataType): string {
  return type.name === 'rowversion' ? 'timestamp' : type.name === 'decimal' ? 'numeric' : type.name;
}

export const integerLimits: Partial<Record<TypeName, { readonly low: bigint; readonly high: bigint }>> = {
  tinyint: { low: 0n, high: 255n },
  smallint: { low: -32_768n, high: 32_767n },
  int: { low: -2_147_483_648n, high: 2_147_483_647n },
  bigint: { low: -(2n ** 63n), high: 2n ** 63n - 1n },
};

/** The decimal that holds every value of an integer type. */
export function decimalFor(type: DataType): DataType {
  if (type.name === 'decimal') return type;
  const digits: Partial<Record<TypeName, number>> = { bit: 1, tinyint: 3, smallint: 5, int: 10, bigint: 19 };
  return decimal(digits[type.name] ?? 38, 0);
}

export function scaleOf(type: DataType): number {
  return type.scale ?? (type.name === 'decimal' ? 0 : 7);
}

/** Equal in everything that a conversion would have to do. */
export function sameType(a: DataType, b: DataType): boolean {
  return a.name === b.name && a.length === b.length && a.precision === b.precision && a.scale === b.scale;
}

/** As sys.types and DDL write it: `nvarchar(32)`, `decimal(5,2)`. */
export function typeText(type: DataType): string {
  if (type.length !== undefined) return `${type.name}(${type.length})`;
  if (type.name === 'decimal') return `decimal(${type.precision},${type.scale})`;
  return type.scale === undefined ? type.name : `${type.name}(${type.scale})`;
}
