import type { ColumnModel } from '../model.ts';
import type { Binding } from '../evaluate/binding.ts';
import type { BoundExpression, RowFrame } from '../evaluate/bound.ts';
import { coerce } from '../evaluate/coercion.ts';
import { parsedDefault } from '../evaluate/modules.ts';
import { eightBytes } from '../functions/execution-functions.ts';
import { sqlError } from '../sql-error.ts';
import { withoutTrailingBlanks } from '../values/collation.ts';
import { converter } from '../values/convert.ts';
import { familyOf, isText } from '../values/facts.ts';
import type { DataType, Value } from '../values/types.ts';
import type { WriteTarget } from './targets.ts';

/** Values on their way into columns: converted as an assignment, never cut in silence. */
export type ColumnSource = (frame: RowFrame) => Value;

export function intoColumn(bound: BoundExpression, column: ColumnModel, target: WriteTarget): ColumnSource {
  const { type } = column;
  // Text is converted without a length first, so that what would be lost can be named.
  const roomy: DataType = hasLength(type) ? { ...type, length: 'max' } : type;
  const value = coerce(bound, isText(type) && isText(bound.type) ? { ...bound.type, length: 'max' } : roomy);
  if (!hasLength(type)) return (frame) => value.evaluate(frame);
  const convert = converter(value.type, type);
  return (frame) => {
    const given = value.evaluate(frame);
    refuseTruncation(given, column, target);
    return convert(given);
  };
}

function hasLength(type: DataType): boolean {
  return (isText(type) || familyOf(type) === 'binary') && type.length !== undefined && type.length !== 'max';
}

/** 2628 (learn.microsoft.com/sql/relational-databases/errors-events/mssqlserver-2628-database-engine-error): blanks and zero bytes at the end may go. */
function refuseTruncation(value: Value, column: ColumnModel, target: WriteTarget): void {
  const limit = Number(column.type.length);
  if (typeof value === 'string' && value.length > limit && withoutTrailingBlanks(value).length > limit) {
    throw sqlError(2628, target.fullName, column.name, value.slice(0, limit));
  }
  if (value instanceof Uint8Array && value.slice(limit).some((byte) => byte !== 0)) {
    throw sqlError(2628, target.fullName, column.name, '');
  }
}

export function defaultOf(column: ColumnModel, target: WriteTarget, binding: Binding): ColumnSource {
  if (!column.default) return () => null;
  const inner = binding.with({ scope: undefined, ctes: new Map() });
  return intoColumn(inner.expression(parsedDefault(column.default.definition)), column, target);
}

/** The next rowversion of the database: counted up for every row that is written, never taken back. */
export function nextRowversion(target: WriteTarget): Uint8Array {
  if (!target.database) return eightBytes(++loneCounter);
  return eightBytes(++target.database.moving.rowversion);
}

/** For temporary tables and table variables. */
let loneCounter = 0n;

/** Identity values are used up even by a statement that is undone. */
export function nextIdentity(column: ColumnModel, target: WriteTarget): bigint {
  const { table } = target;
  const { seed, increment } = column.identity ?? { seed: 1n, increment: 1n };
  table.identityLast = table.identityLast === undefined ? seed : table.identityLast + increment;
  return table.identityLast;
}
