import { sqlError } from '../sql-error.ts';
import { decimalFor, familyOf, isText, isUnicode, scaleOf, typeNameInMessages } from './facts.ts';
import { decimal, type DataType, type TypeName } from './types.ts';

/**
 * The common type of two (learn.microsoft.com/sql/t-sql/data-types/data-type-precedence-transact-sql) and the type of an
 * arithmetic result (.../precision-scale-and-length-transact-sql).
 */
const order: readonly TypeName[] = [
  'datetimeoffset',
  'datetime2',
  'datetime',
  'date',
  'time',
  'float',
  'real',
  'decimal',
  'bigint',
  'int',
  'smallint',
  'tinyint',
  'bit',
  'uniqueidentifier',
  'nvarchar',
  'nchar',
  'varchar',
  'char',
  'rowversion',
  'varbinary',
  'binary',
];
const rank = new Map(order.map((name, index) => [name, index]));

/** 206 where neither converts to the other. */
export function commonType(a: DataType, b: DataType): DataType {
  const [high, low] = (rank.get(a.name) ?? 0) <= (rank.get(b.name) ?? 0) ? [a, b] : [b, a];
  if (!convertsImplicitly(low, high)) throw sqlError(206, typeNameInMessages(low), typeNameInMessages(high));
  if (high.name === 'decimal') return commonDecimal(high, familyOf(low) === 'text' ? high : decimalFor(low));
  if (isText(high)) return commonText(high, low);
  if (familyOf(high) === 'binary' && familyOf(low) === 'binary') {
    return high.name === 'rowversion' ? { name: 'varbinary', length: 8 } : widest(high, low, 'varbinary', 'binary');
  }
  if (high.name === low.name && high.scale !== undefined) return { ...high, scale: Math.max(scaleOf(a), scaleOf(b)) };
  return high;
}

function commonText(a: DataType, b: DataType): DataType {
  if (!isText(b)) return a;
  const unicode = isUnicode(a) || isUnicode(b);
  return widest(a, b, unicode ? 'nvarchar' : 'varchar', unicode ? 'nchar' : 'char');
}

function widest(a: DataType, b: DataType, varying: TypeName, fixed: TypeName): DataType {
  const length = a.length === 'max' || b.length === 'max' ? 'max' : Math.max(a.length ?? 1, b.length ?? 1);
  const bothFixed = a.name === fixed && b.name === fixed && a.length === b.length;
  return { name: bothFixed ? fixed : varying, length };
}

function commonDecimal(a: DataType, b: DataType): DataType {
  const scale = Math.max(scaleOf(a), scaleOf(b));
  const whole = Math.max((a.precision ?? 18) - scaleOf(a), (b.precision ?? 18) - scaleOf(b));
  return decimal(Math.min(38, whole + scale), scale);
}

/** The white spots of the documented conversion chart. */
export function convertsImplicitly(from: DataType, to: DataType): boolean {
  const a = familyOf(from);
  const b = familyOf(to);
  if (a === 'text') return b !== 'binary';
  if (a === b || b === 'text') return true;
  if (a === 'guid' || b === 'guid') return a === 'binary' || b === 'binary';
  if (a === 'binary') return b === 'integer' || b === 'bit' || b === 'decimal' || to.name === 'datetime';
  if (b === 'binary') return a === 'integer' || a === 'bit' || a === 'decimal' || from.name === 'datetime';
  const momentA = a === 'moment' || a === 'time';
  const momentB = b === 'moment' || b === 'time';
  if (momentA && momentB) return !(from.name === 'date' && b === 'time') && !(a === 'time' && to.name === 'date');
  if (momentA || momentB) return to.name === 'datetime';
  return true;
}

/** Whether CAST may do it. */
export function convertsExplicitly(from: DataType, to: DataType): boolean {
  if (convertsImplicitly(from, to)) return true;
  const a = familyOf(from);
  const b = familyOf(to);
  return (a === 'text' && b === 'binary') || (a === 'binary' && b !== 'float') || (b === 'binary' && a !== 'float');
}

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%';

/** p, s of the result of decimal arithmetic, cut to 38 digits as documented. */
export function decimalResult(operator: ArithmeticOperator, a: DataType, b: DataType): DataType {
  const [p1, s1, p2, s2] = [a.precision ?? 18, scaleOf(a), b.precision ?? 18, scaleOf(b)];
  switch (operator) {
    case '+':
    case '-': {
      const scale = Math.max(s1, s2);
      return fit(Math.max(p1 - s1, p2 - s2) + scale + 1, scale);
    }
    case '*':
      return fit(p1 + p2 + 1, s1 + s2);
    case '/': {
      const scale = Math.max(6, s1 + p2 + 1);
      return fit(p1 - s1 + s2 + scale, scale);
    }
    case '%':
      return fit(Math.min(p1 - s1, p2 - s2) + Math.max(s1, s2), Math.max(s1, s2));
  }
}

function fit(precision: number, scale: number): DataType {
  if (precision <= 38) return decimal(Math.max(precision, 1), scale);
  const whole = precision - scale;
  const kept = whole < 32 ? 38 - whole : Math.min(scale, 6);
  return decimal(38, Math.max(0, Math.min(kept, scale)));
}
