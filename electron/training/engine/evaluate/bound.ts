import type { Row } from '../model.ts';
import type { Collation } from '../values/collation.ts';
import type { DataType, Value } from '../values/types.ts';

/**
 * What expressions and queries become once their names are bound: functions over rows. Binding happens when the
 * statement is executed (deferred name resolution), evaluation is synchronous.
 */

/** The row that expressions look at, and the rows of the queries around theirs. */
export interface RowFrame {
  readonly row: Row;
  readonly outer: RowFrame | undefined;
}

export const emptyFrame: RowFrame = { row: [], outer: undefined };

/**
 * How firmly an expression holds to its collation (learn.microsoft.com/sql/t-sql/statements/collation-precedence-transact-sql):
 * COLLATE beats a column's, a column's beats the database's.
 */
export interface Coercion {
  readonly collation: Collation;
  readonly strength: 'explicit' | 'implicit' | 'default';
}

export interface BoundExpression {
  readonly type: DataType;
  readonly nullable: boolean;
  /** For text only. */
  readonly coercion: Coercion | undefined;
  /** The value where it is the same for every row and every execution. */
  readonly constant: Value | undefined;
  /** A bare NULL takes the type of what it meets. */
  readonly untyped: boolean;
  /** The name that a result column of it gets, empty for none. */
  readonly name: string;
  evaluate(frame: RowFrame): Value;
}

export type Truth = boolean | null;

export type BoundPredicate = (frame: RowFrame) => Truth;

export interface BoundColumn {
  readonly name: string;
  readonly type: DataType;
  readonly nullable: boolean;
  readonly coercion: Coercion | undefined;
}

export interface BoundQuery {
  readonly columns: readonly BoundColumn[];
  /** It looks at rows of a query around it: then it must be evaluated for each of them. */
  readonly correlated: boolean;
  /** Assignments are made as a side effect of reading the rows. */
  readonly assigns: boolean;
  rows(outer: RowFrame | undefined): Iterable<Row>;
}

export function expression(
  fields: Partial<BoundExpression> & Pick<BoundExpression, 'type' | 'evaluate'>,
): BoundExpression {
  return { nullable: true, coercion: undefined, constant: undefined, untyped: false, name: '', ...fields };
}

export function constantExpression(type: DataType, value: Value, coercion?: Coercion): BoundExpression {
  return {
    type,
    nullable: value === null,
    coercion,
    constant: value,
    untyped: false,
    name: '',
    evaluate: () => value,
  };
}
