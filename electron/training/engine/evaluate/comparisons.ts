import type { ComparisonOperator } from '../ast.ts';
import { sqlError } from '../sql-error.ts';
import { findCollation } from '../values/collation.ts';
import { comparison, keyOf, type Comparison, type KeyOf } from '../values/compare.ts';
import { isText, typeNameInMessages } from '../values/facts.ts';
import type { DataType } from '../values/types.ts';
import type { BoundExpression, BoundPredicate, RowFrame } from './bound.ts';
import { coerce, combinedCoercion, commonTypeOf } from './coercion.ts';

/** Expressions brought to one type and one collation, so that their values can be compared. */
export interface Comparable {
  readonly type: DataType;
  readonly sides: readonly BoundExpression[];
  readonly compare: Comparison;
  readonly key: KeyOf;
  /** Name of the collation where texts are compared. */
  readonly collation: string | undefined;
}

export function comparable(all: readonly BoundExpression[], operation: string): Comparable {
  const type = commonTypeOf(all);
  const coercion = isText(type) ? combinedCoercion(all, operation) : undefined;
  const collation = coercion?.collation ?? findCollation('Latin1_General_CI_AS');
  const key = keyOf(type, collation);
  return {
    type,
    sides: all.map((one) => coerce(one, withoutLength(one, type))),
    // Integers meet as bigint or number: their keys must not differ.
    key,
    compare: comparison(type, collation),
    collation: coercion?.collation.name,
  };
}

/** Comparing must not cut a text to the other's length. */
function withoutLength(one: BoundExpression, type: DataType): DataType {
  if (isText(type)) return isText(one.type) ? one.type : { ...type, length: 'max' };
  if (type.name === 'varbinary' || type.name === 'binary') return { name: 'varbinary', length: 'max' };
  return type;
}

const operationNames: Readonly<Record<ComparisonOperator, string>> = {
  '=': 'equal to',
  '<>': 'not equal to',
  '<': 'less than',
  '>': 'greater than',
  '<=': 'less than or equal to',
  '>=': 'greater than or equal to',
};

const tests: Readonly<Record<ComparisonOperator, (order: number) => boolean>> = {
  '=': (order) => order === 0,
  '<>': (order) => order !== 0,
  '<': (order) => order < 0,
  '>': (order) => order > 0,
  '<=': (order) => order <= 0,
  '>=': (order) => order >= 0,
};

export interface BoundComparison {
  readonly test: BoundPredicate;
  readonly pair: Comparable;
  readonly left: BoundExpression;
  readonly right: BoundExpression;
}

export function compareExpressions(
  operator: ComparisonOperator,
  a: BoundExpression,
  b: BoundExpression,
): BoundComparison {
  const pair = comparable([a, b], operationNames[operator]);
  const [left, right] = pair.sides;
  if (!left || !right) throw sqlError(402, typeNameInMessages(a.type), typeNameInMessages(b.type), operator);
  const test = tests[operator];
  const { compare } = pair;
  return {
    pair,
    left,
    right,
    test: (frame: RowFrame) => {
      const x = left.evaluate(frame);
      if (x === null) return null;
      const y = right.evaluate(frame);
      return y === null ? null : test(compare(x, y));
    },
  };
}
