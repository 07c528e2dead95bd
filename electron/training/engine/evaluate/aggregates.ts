import type { Expression } from '../ast.ts';
import type { Row } from '../model.ts';
import { sqlError } from '../sql-error.ts';
import { findCollation } from '../values/collation.ts';
import { comparison, keyOf, orderWithNull, type KeyOf } from '../values/compare.ts';
import { familyOf, isText, scaleOf, typeNameInMessages } from '../values/facts.ts';
import { bigint, decimal, int, nvarchar, type DataType, type Value } from '../values/types.ts';
import type { Binding } from './binding.ts';
import { emptyFrame, type BoundExpression, type Coercion, type RowFrame } from './bound.ts';
import { coerce, convertExpression } from './coercion.ts';

export type AggregateNode = Extract<Expression, { kind: 'aggregate' }>;

/** An aggregate over the rows of one group. Each group gets an accumulator of its own. */
export interface BoundAggregate {
  readonly type: DataType;
  readonly coercion: Coercion | undefined;
  readonly nullable: boolean;
  start(): Accumulator;
}

export interface Accumulator {
  add(frame: RowFrame): void;
  result(): Value;
}

/** COUNT, COUNT_BIG, SUM, AVG, MIN, MAX, STRING_AGG (learn.microsoft.com/sql/t-sql/functions/aggregate-functions-transact-sql). */
export function bindAggregate(node: AggregateNode, binding: Binding): BoundAggregate {
  const [argument, separator] = node.arguments.map((one) => binding.expression(one));
  switch (node.function) {
    case 'COUNT':
    case 'COUNT_BIG':
      return counted(node, argument);
    case 'SUM':
      return summed(required(argument, node), node.distinct);
    case 'AVG':
      return averaged(required(argument, node), node.distinct);
    case 'MIN':
    case 'MAX':
      return extreme(required(argument, node), node.function === 'MIN' ? -1 : 1);
    case 'STRING_AGG':
      return joined(required(argument, node), required(separator, node), node, binding);
  }
}

function required(argument: BoundExpression | undefined, node: AggregateNode): BoundExpression {
  if (!argument) throw sqlError(174, node.function.toLowerCase(), 1);
  return argument;
}

/** Feeds values other than NULL, each once where DISTINCT is written. */
function feeding(
  argument: BoundExpression,
  distinct: boolean,
  start: () => { add(value: Exclude<Value, null>): void; result(): Value },
): () => Accumulator {
  const collation = argument.coercion?.collation ?? findCollation('Latin1_General_CI_AS');
  const key: KeyOf = keyOf(argument.type, collation);
  return () => {
    const inner = start();
    const seen = new Set<unknown>();
    return {
      add: (frame) => {
        const value = argument.evaluate(frame);
        if (value === null) return;
        if (distinct) {
          const text = key(value);
          if (seen.has(text)) return;
          seen.add(text);
        }
        inner.add(value);
      },
      result: () => inner.result(),
    };
  };
}

function counted(node: AggregateNode, argument: BoundExpression | undefined): BoundAggregate {
  const big = node.function === 'COUNT_BIG';
  const type = big ? bigint : int;
  const start = (): { add(): void; result(): Value } => {
    let count = 0;
    return { add: () => void count++, result: () => (big ? BigInt(count) : count) };
  };
  return {
    type,
    coercion: undefined,
    nullable: false,
    start: argument ? feeding(argument, node.distinct, start) : start,
  };
}

/** The sum of small integers is an int, of bigint a bigint, of decimal a decimal(38, s). */
function sumType(argument: BoundExpression): DataType {
  switch (familyOf(argument.type)) {
    case 'integer':
      return argument.type.name === 'bigint' ? bigint : int;
    case 'decimal':
      return decimal(38, scaleOf(argument.type));
    case 'float':
      return { name: 'float' };
    default:
      throw sqlError(8117, typeNameInMessages(argument.type), 'sum');
  }
}

function summed(argument: BoundExpression, distinct: boolean): BoundAggregate {
  const type = sumType(argument);
  const operand = coerce(argument, type);
  const start = (): ReturnType<Parameters<typeof feeding>[2]> => {
    let sum: Value = null;
    return {
      add: (value) => {
        sum = sum === null ? value : plus(sum, value, type);
      },
      result: () => sum,
    };
  };
  return { type, coercion: undefined, nullable: true, start: feeding(operand, distinct, start) };
}

function plus(a: Exclude<Value, null>, b: Exclude<Value, null>, type: DataType): Value {
  if (typeof a === 'bigint' && typeof b === 'bigint') {
    const sum = a + b;
    if (type.name === 'bigint' && (sum >= 2n ** 63n || sum < -(2n ** 63n)))
      throw sqlError(8115, 'expression', 'bigint');
    return sum;
  }
  const sum = Number(a) + Number(b);
  if (type.name === 'int' && Math.abs(sum) > 2_147_483_647) throw sqlError(8115, 'expression', 'int');
  return sum;
}

function averaged(argument: BoundExpression, distinct: boolean): BoundAggregate {
  const type = sumType(argument);
  const answerType = type.name === 'decimal' ? decimal(38, Math.max(6, scaleOf(type))) : type;
  const wide = type.name === 'int' ? bigint : type;
  const operand = coerce(argument, wide);
  const start = (): ReturnType<Parameters<typeof feeding>[2]> => {
    let sum: Value = null;
    let count = 0;
    return {
      add: (value) => {
        count++;
        sum = sum === null ? value : plus(sum, value, wide);
      },
      result: () => {
        if (sum === null) return null;
        if (typeof sum === 'number') return sum / count;
        const shift = BigInt(scaleOf(answerType) - scaleOf(type));
        const average = ((sum as bigint) * (type.name === 'decimal' ? 10n ** shift : 1n)) / BigInt(count);
        return type.name === 'int' ? Number(average) : average;
      },
    };
  };
  return { type: answerType, coercion: undefined, nullable: true, start: feeding(operand, distinct, start) };
}

function extreme(argument: BoundExpression, sign: 1 | -1): BoundAggregate {
  if (familyOf(argument.type) === 'bit') throw sqlError(8117, 'bit', sign < 0 ? 'min' : 'max');
  const collation = argument.coercion?.collation ?? findCollation('Latin1_General_CI_AS');
  const compare = comparison(argument.type, collation);
  const start = (): ReturnType<Parameters<typeof feeding>[2]> => {
    let best: Value = null;
    return {
      add: (value) => {
        if (best === null || compare(value, best) * sign > 0) best = value;
      },
      result: () => best,
    };
  };
  return { type: argument.type, coercion: argument.coercion, nullable: true, start: feeding(argument, false, start) };
}

/** In the order of WITHIN GROUP, else in that of the rows. */
function joined(
  argument: BoundExpression,
  separator: BoundExpression,
  node: AggregateNode,
  binding: Binding,
): BoundAggregate {
  const unicode = !isText(argument.type) || argument.type.name.startsWith('n');
  const type: DataType = unicode
    ? nvarchar(argument.type.length === 'max' ? 'max' : 4000)
    : { name: 'varchar', length: argument.type.length === 'max' ? 'max' : 8000 };
  const operand = isText(argument.type) ? argument : convertExpression(argument, nvarchar(4000));
  const orders = node.orderWithin.map(({ expression: one, descending }) => {
    const bound = binding.expression(one);
    const collation = bound.coercion?.collation ?? findCollation('Latin1_General_CI_AS');
    const compare = orderWithNull(comparison(bound.type, collation));
    return { bound, compare: (a: Value, b: Value) => (descending ? compare(b, a) : compare(a, b)) };
  });
  const between = String(separator.evaluate(emptyFrame) ?? '');
  const start = (): Accumulator => {
    const parts: { text: string; keys: Row }[] = [];
    return {
      add: (frame) => {
        const value = operand.evaluate(frame);
        if (value !== null) parts.push({ text: String(value), keys: orders.map(({ bound }) => bound.evaluate(frame)) });
      },
      result: () => {
        if (parts.length === 0) return null;
        const sorted = parts.toSorted((a, b) => firstDifference(a.keys, b.keys, orders));
        return sorted.map((part) => part.text).join(between);
      },
    };
  };
  return { type, coercion: operand.coercion ?? binding.defaultCoercion, nullable: true, start };
}

function firstDifference(a: Row, b: Row, orders: readonly { compare(x: Value, y: Value): number }[]): number {
  for (let i = 0; i < orders.length; i++) {
    const order = orders[i]?.compare(a[i] ?? null, b[i] ?? null) ?? 0;
    if (order !== 0) return order;
  }
  return 0;
}
