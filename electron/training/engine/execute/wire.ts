import type { SqlType, SqlValue } from '../../tds/backend.ts';
import { assertNever } from '#shared/assert-never.ts';
import { unknownToTrainingSite } from '../sql-error.ts';
import { decimalText } from '../values/convert-numbers.ts';
import { toDecimal } from '../values/convert-numbers.ts';
import { dateFromTicks, ticksFromUnixMs, timeOfDay } from '../values/dates.ts';
import { familyOf, scaleOf } from '../values/facts.ts';
import type { DataType, Value } from '../values/types.ts';

/** Types and values as the wire layer knows them, and as the engine does. */

export function wireType(type: DataType): SqlType {
  switch (type.name) {
    case 'decimal':
      return { name: 'decimal', precision: type.precision ?? 18, scale: scaleOf(type) };
    case 'datetime2':
    case 'time':
    case 'datetimeoffset':
      return { name: type.name, scale: scaleOf(type) };
    case 'char':
    case 'varchar':
    case 'nchar':
    case 'nvarchar':
    case 'binary':
    case 'varbinary':
      return { name: type.name, length: wireLength(type) };
    case 'rowversion':
      return { name: 'binary', length: 8 };
    default:
      return { name: type.name };
  }
}

/** A computed text may be longer in type than a column can be. */
function wireLength(type: DataType): number | 'max' {
  const length = type.length ?? 1;
  const limit = type.name === 'nchar' || type.name === 'nvarchar' ? 4000 : 8000;
  return length === 'max' || length > limit ? 'max' : Math.max(1, length);
}

export function wireValue(value: Value, type: DataType): SqlValue {
  if (value === null) return null;
  switch (familyOf(type)) {
    case 'decimal':
      return decimalText(value as bigint, scaleOf(type));
    case 'moment':
      return dateFromTicks(value as bigint);
    case 'time':
      // On the first day of Unix time, in UTC.
      return dateFromTicks(ticksFromUnixMs(0) + (value as bigint));
    case 'integer':
      return typeof value === 'bigint' ? value : Number(value);
    default:
      return value;
  }
}

/** The engine's type for a parameter's. */
export function engineType(type: SqlType): DataType {
  return type;
}

export function engineValue(value: SqlValue, type: SqlType): Value {
  if (value === null) return null;
  if (value instanceof Date) {
    const ticks = ticksFromUnixMs(value.getTime());
    return type.name === 'time' ? timeOfDay(ticks) : ticks;
  }
  switch (type.name) {
    case 'decimal':
      return toDecimal(typeof value === 'string' ? value : String(value), { name: 'varchar', length: 'max' }, type);
    case 'bigint':
      return BigInt(value as bigint | number);
    case 'bit':
      return value === true || value === 1;
    case 'uniqueidentifier':
      return String(value).toUpperCase();
    case 'binary':
    case 'varbinary':
      return value instanceof Uint8Array ? new Uint8Array(value) : wrongParameter(type);
    case 'tinyint':
    case 'smallint':
    case 'int':
    case 'float':
    case 'real':
      return Number(value);
    case 'char':
    case 'varchar':
    case 'nchar':
    case 'nvarchar':
      return String(value);
    case 'datetime':
    case 'date':
    case 'datetime2':
    case 'time':
    case 'datetimeoffset':
      return wrongParameter(type);
    default:
      return assertNever(type);
  }
}

function wrongParameter(type: SqlType): never {
  throw unknownToTrainingSite(`this value for a parameter of type ${type.name}`);
}
