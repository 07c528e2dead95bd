import type { ArithmeticOperator } from '../ast.ts';
import { sqlError, unknownToTrainingSite } from '../sql-error.ts';
import { rescale } from '../values/convert-numbers.ts';
import { ticksPerDay, year1900 } from '../values/dates.ts';
import {
  decimalFor,
  familyOf,
  integerLimits,
  isText,
  isUnicode,
  scaleOf,
  typeNameInMessages,
} from '../values/facts.ts';
import { commonType, decimalResult } from '../values/precedence.ts';
import { decimal, type DataType, type Value } from '../values/types.ts';
import { expression, type BoundExpression } from './bound.ts';
import { coerce, commonCoercion } from './coercion.ts';

/** + - * / % & | ^ (learn.microsoft.com/sql/t-sql/language-elements/operators-transact-sql). */
export function arithmetic(
  operator: ArithmeticOperator,
  left: BoundExpression,
  right: BoundExpression,
): BoundExpression {
  const a = left.untyped ? coerce(left, right.type) : left;
  const b = right.untyped ? coerce(right, left.type) : right;
  if (operator === '+' && isText(a.type) && isText(b.type)) return concatenation(a, b);
  if (operator === '+' && familyOf(a.type) === 'binary' && familyOf(b.type) === 'binary') return joinedBytes(a, b);
  if (familyOf(a.type) === 'moment' || familyOf(b.type) === 'moment') return movedMoment(operator, a, b);
  const type = commonType(a.type, b.type);
  if (operator === '&' || operator === '|' || operator === '^') return bitwise(operator, a, b, type);
  switch (familyOf(type)) {
    case 'bit':
    case 'text':
    case 'binary':
    case 'guid':
    case 'time':
      throw sqlError(8117, typeNameInMessages(type), operatorNames[operator]);
    case 'integer':
      return integerOperation(operator, coerce(a, type), coerce(b, type), type);
    case 'decimal':
      return decimalOperation(operator, a, b);
    case 'float':
      return floatOperation(operator, coerce(a, type), coerce(b, type), type);
    case 'moment':
      return movedMoment(operator, a, b);
  }
}

type Calculation = '+' | '-' | '*' | '/' | '%';

const operatorNames: Readonly<Record<ArithmeticOperator, string>> = {
  '+': 'add',
  '-': 'subtract',
  '*': 'multiply',
  '/': 'divide',
  '%': 'modulo',
  '&': "'&'",
  '|': "'|'",
  '^': "'^'",
};

/** NULL in, NULL out. */
function strict(
  type: DataType,
  a: BoundExpression,
  b: BoundExpression,
  calculate: (x: Exclude<Value, null>, y: Exclude<Value, null>) => Value,
): BoundExpression {
  return expression({
    type,
    nullable: a.nullable || b.nullable,
    evaluate: (frame) => {
      const x = a.evaluate(frame);
      if (x === null) return null;
      const y = b.evaluate(frame);
      return y === null ? null : calculate(x, y);
    },
  });
}

function concatenation(a: BoundExpression, b: BoundExpression): BoundExpression {
  const unicode = isUnicode(a.type) || isUnicode(b.type);
  const limit = unicode ? 4000 : 8000;
  const max = a.type.length === 'max' || b.type.length === 'max';
  const length = max ? 'max' : Math.min(limit, (a.type.length ?? 1) + (b.type.length ?? 1));
  const bound = strict({ name: unicode ? 'nvarchar' : 'varchar', length }, a, b, (x, y) => {
    const text = String(x) + String(y);
    return max || text.length <= limit ? text : text.slice(0, limit);
  });
  return { ...bound, coercion: commonCoercion(a.coercion, b.coercion, 'add') };
}

function joinedBytes(a: BoundExpression, b: BoundExpression): BoundExpression {
  const length = Math.min(8000, Number(a.type.length ?? 8) + Number(b.type.length ?? 8));
  return strict({ name: 'varbinary', length }, a, b, (x, y) =>
    Uint8Array.from([...(x as Uint8Array), ...(y as Uint8Array)]),
  );
}

function integerOperation(
  operator: Calculation,
  a: BoundExpression,
  b: BoundExpression,
  type: DataType,
): BoundExpression {
  const limits = integerLimits[type.name];
  return strict(type, a, b, (x, y) => {
    const result = calculateWhole(operator, asBig(x), asBig(y));
    if (limits && (result < limits.low || result > limits.high)) throw sqlError(8115, 'expression', type.name);
    return type.name === 'bigint' ? result : Number(result);
  });
}

function asBig(value: Exclude<Value, null>): bigint {
  return BigInt(value as bigint | number);
}

function calculateWhole(operator: Calculation, x: bigint, y: bigint): bigint {
  if ((operator === '/' || operator === '%') && y === 0n) throw sqlError(8134);
  switch (operator) {
    case '+':
      return x + y;
    case '-':
      return x - y;
    case '*':
      return x * y;
    case '/':
      return x / y;
    case '%':
      return x % y;
  }
}

function decimalOperation(operator: Calculation, left: BoundExpression, right: BoundExpression): BoundExpression {
  // Text takes the other side's type, integers the decimal that holds them.
  const typeA = isText(left.type) ? right.type : decimalOf(left);
  const typeB = isText(right.type) ? left.type : decimalOf(right);
  const [a, b] = [coerce(left, typeA), coerce(right, typeB)];
  const [s1, s2] = [scaleOf(typeA), scaleOf(typeB)];
  const type = decimalResult(operator, typeA, typeB);
  const scale = scaleOf(type);
  const limit = 10n ** BigInt(type.precision ?? 38);
  return strict(type, a, b, (x, y) => {
    const result = calculateDecimal(operator, x as bigint, s1, y as bigint, s2, scale);
    if (result >= limit || result <= -limit) throw sqlError(8115, 'expression', 'numeric');
    return result;
  });
}

/** A whole constant counts with the digits that it has, not with those that an int could have. */
function decimalOf(bound: BoundExpression): DataType {
  const { constant, type } = bound;
  if (familyOf(type) !== 'integer' || constant === undefined || constant === null) return decimalFor(type);
  return decimal(
    BigInt(constant as number | bigint)
      .toString()
      .replace('-', '').length,
    0,
  );
}

function calculateDecimal(operator: Calculation, x: bigint, s1: number, y: bigint, s2: number, scale: number): bigint {
  switch (operator) {
    case '*':
      return rescale(x * y, s1 + s2, scale);
    case '/': {
      if (y === 0n) throw sqlError(8134);
      // Division cuts, it does not round.
      const shift = scale + s2 - s1;
      return shift >= 0 ? (x * 10n ** BigInt(shift)) / y : x / (y * 10n ** BigInt(-shift));
    }
    default: {
      const common = Math.max(s1, s2);
      const result = calculateWhole(operator, rescale(x, s1, common), rescale(y, s2, common));
      return rescale(result, common, scale);
    }
  }
}

function floatOperation(
  operator: Calculation,
  a: BoundExpression,
  b: BoundExpression,
  type: DataType,
): BoundExpression {
  if (operator === '%') throw sqlError(402, a.type.name, b.type.name, 'modulo');
  return strict(type, a, b, (x, y) => {
    const [m, n] = [Number(x), Number(y)];
    if (operator === '/' && n === 0) throw sqlError(8134);
    const result = operator === '+' ? m + n : operator === '-' ? m - n : operator === '*' ? m * n : m / n;
    if (!Number.isFinite(result)) throw sqlError(8115, 'expression', type.name);
    return result;
  });
}

function bitwise(
  operator: '&' | '|' | '^',
  left: BoundExpression,
  right: BoundExpression,
  type: DataType,
): BoundExpression {
  if (familyOf(type) === 'bit') {
    return strict(type, coerce(left, type), coerce(right, type), (x, y) =>
      operator === '&' ? x === true && y === true : operator === '|' ? x === true || y === true : x !== y,
    );
  }
  if (familyOf(type) !== 'integer') {
    throw sqlError(402, typeNameInMessages(left.type), typeNameInMessages(right.type), operatorNames[operator]);
  }
  return strict(type, coerce(left, type), coerce(right, type), (x, y) => {
    const [m, n] = [asBig(x), asBig(y)];
    const result = operator === '&' ? m & n : operator === '|' ? m | n : m ^ n;
    return type.name === 'bigint' ? result : Number(result);
  });
}

/** datetime + 1 is a day later; the newer types refuse arithmetic, as documented. */
function movedMoment(operator: ArithmeticOperator, a: BoundExpression, b: BoundExpression): BoundExpression {
  const possible =
    (operator === '+' || operator === '-') &&
    [a, b].every((one) => one.type.name === 'datetime' || ['integer', 'decimal', 'float'].includes(familyOf(one.type)));
  if (!possible) {
    const operation = operatorNames[operator];
    throw sqlError(402, typeNameInMessages(a.type), typeNameInMessages(b.type), operation);
  }
  const type: DataType = { name: 'datetime' };
  return strict(type, a, b, (x, y) => {
    const moved =
      operator === '+' ? sinceStart(x, a.type) + sinceStart(y, b.type) : sinceStart(x, a.type) - sinceStart(y, b.type);
    return moved + year1900;
  });
}

function sinceStart(value: Exclude<Value, null>, type: DataType): bigint {
  if (type.name === 'datetime') return (value as bigint) - year1900;
  const days = Number(value) / 10 ** (type.name === 'decimal' ? scaleOf(type) : 0);
  return BigInt(Math.round(days * Number(ticksPerDay)));
}

/** -x, +x, ~x. */
export function unary(operator: '-' | '+' | '~', operand: BoundExpression): BoundExpression {
  const family = familyOf(operand.type);
  if (operator === '+') return operand;
  if (operator === '~') {
    if (family === 'bit') return mapped(operand, (value) => value !== true);
    if (family !== 'integer') throw sqlError(8117, typeNameInMessages(operand.type), "'~'");
    return mapped(operand, (value) => (typeof value === 'bigint' ? ~value : ~Number(value)));
  }
  if (family === 'integer' || family === 'float') {
    return mapped(operand, (value) => (typeof value === 'bigint' ? -value : -Number(value)));
  }
  if (family === 'decimal') return mapped(operand, (value) => -(value as bigint));
  if (isText(operand.type)) throw sqlError(8117, operand.type.name, 'minus');
  throw unknownToTrainingSite(`the sign of a value of type ${operand.type.name}`);
}

function mapped(operand: BoundExpression, change: (value: Exclude<Value, null>) => Value): BoundExpression {
  const convert = (value: Value): Value => (value === null ? null : change(value));
  const constant = operand.constant === undefined ? undefined : convert(operand.constant);
  return { ...operand, name: '', constant, evaluate: (frame) => convert(operand.evaluate(frame)) };
}
