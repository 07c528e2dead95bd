/**
 * The types of the engine's values and how a value of each is held in memory.
 *
 * | types | held as |
 * | --- | --- |
 * | bit | boolean |
 * | tinyint, smallint, int, float, real | number |
 * | bigint | bigint |
 * | decimal (numeric, money) | bigint, scaled by the type's scale: 12.50 of decimal(5,2) is 1250n |
 * | char, varchar, nchar, nvarchar, uniqueidentifier (upper case) | string |
 * | date, datetime, datetime2 | bigint: ticks of 100 ns since 0001-01-01 |
 * | time | bigint: ticks of 100 ns since midnight |
 * | binary, varbinary, rowversion | Uint8Array |
 *
 * A value alone does not say its type: the type stands beside it, in the column, the variable or the bound expression.
 */

export type TypeName =
  | 'bit'
  | 'tinyint'
  | 'smallint'
  | 'int'
  | 'bigint'
  | 'decimal'
  | 'float'
  | 'real'
  | 'char'
  | 'varchar'
  | 'nchar'
  | 'nvarchar'
  | 'date'
  | 'time'
  | 'datetime'
  | 'datetime2'
  | 'datetimeoffset'
  | 'uniqueidentifier'
  | 'binary'
  | 'varbinary'
  | 'rowversion';

/** `length` in characters (n-types) or bytes; `precision` for decimal; `scale` for decimal, datetime2, time, datetimeoffset. */
export interface DataType {
  readonly name: TypeName;
  readonly length?: number | 'max';
  readonly precision?: number;
  readonly scale?: number;
}

export type Value = null | boolean | number | bigint | string | Uint8Array;

export const bit: DataType = { name: 'bit' };
export const tinyint: DataType = { name: 'tinyint' };
export const smallint: DataType = { name: 'smallint' };
export const int: DataType = { name: 'int' };
export const bigint: DataType = { name: 'bigint' };
export const float: DataType = { name: 'float' };
export const datetime: DataType = { name: 'datetime' };
export const uniqueidentifier: DataType = { name: 'uniqueidentifier' };
/** The type of every name in the catalogue: nvarchar(128). */
export const sysname: DataType = { name: 'nvarchar', length: 128 };

export const nvarchar = (length: number | 'max'): DataType => ({ name: 'nvarchar', length });
export const varchar = (length: number | 'max'): DataType => ({ name: 'varchar', length });
export const nchar = (length: number): DataType => ({ name: 'nchar', length });
export const char = (length: number): DataType => ({ name: 'char', length });
export const varbinary = (length: number | 'max'): DataType => ({ name: 'varbinary', length });
export const binary = (length: number): DataType => ({ name: 'binary', length });
export const datetime2 = (scale: number): DataType => ({ name: 'datetime2', scale });
export const decimal = (precision: number, scale: number): DataType => ({ name: 'decimal', precision, scale });
