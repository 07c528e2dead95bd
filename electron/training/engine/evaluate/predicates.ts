import type { Expression, Predicate } from '../ast.ts';
import { sqlError, unknownToTrainingSite } from '../sql-error.ts';
import { findCollation } from '../values/collation.ts';
import { isText } from '../values/facts.ts';
import { nvarchar, type Value } from '../values/types.ts';
import { assertNever } from '#shared/assert-never.ts';
import type { Binding } from './binding.ts';
import type { BoundExpression, BoundPredicate, BoundQuery, RowFrame, Truth } from './bound.ts';
import { coerce, combinedCoercion } from './coercion.ts';
import { comparable, compareExpressions } from './comparisons.ts';
import { likePattern } from './like.ts';

/** Conditions in three-valued logic. A condition holds only where it is true. */
export function bindPredicate(node: Predicate, binding: Binding): BoundPredicate {
  switch (node.kind) {
    case 'and':
    case 'or':
      return node.kind === 'and'
        ? conjunction(binding.predicate(node.left), binding.predicate(node.right))
        : disjunction(binding.predicate(node.left), binding.predicate(node.right));
    case 'not': {
      const operand = binding.predicate(node.operand);
      return (frame) => negate(operand(frame));
    }
    case 'comparison':
      return compareExpressions(node.operator, binding.expression(node.left), binding.expression(node.right)).test;
    case 'is-null': {
      const operand = binding.expression(node.operand);
      return (frame) => (operand.evaluate(frame) === null) !== node.negated;
    }
    case 'between': {
      const operand = binding.expression(node.operand);
      const low = compareExpressions('>=', operand, binding.expression(node.low)).test;
      const high = compareExpressions('<=', operand, binding.expression(node.high)).test;
      return negateIf(node.negated, conjunction(low, high));
    }
    case 'in-list':
      return negateIf(node.negated, inList(binding.expression(node.operand), node.items, binding));
    case 'in-query':
      return negateIf(node.negated, inQuery(binding.expression(node.operand), binding.query(node.query)));
    case 'like':
      return negateIf(node.negated, like(node, binding));
    case 'exists':
      return exists(binding.query(node.query));
    case 'column-updated':
      return columnUpdated(node.column, binding);
    default:
      return assertNever(node);
  }
}

function negate(truth: Truth): Truth {
  return truth === null ? null : !truth;
}

function negateIf(negated: boolean, test: BoundPredicate): BoundPredicate {
  return negated ? (frame) => negate(test(frame)) : test;
}

function conjunction(a: BoundPredicate, b: BoundPredicate): BoundPredicate {
  return (frame) => {
    const x = a(frame);
    if (x === false) return false;
    const y = b(frame);
    return y === false ? false : x === null || y === null ? null : true;
  };
}

function disjunction(a: BoundPredicate, b: BoundPredicate): BoundPredicate {
  return (frame) => {
    const x = a(frame);
    if (x === true) return true;
    const y = b(frame);
    return y === true ? true : x === null || y === null ? null : false;
  };
}

/** x IN (a, b) is x = a OR x = b: each item meets x on its own terms. */
function inList(operand: BoundExpression, items: readonly Expression[], binding: Binding): BoundPredicate {
  const bound = items.map((item) => binding.expression(item));
  return (
    membership(operand, bound) ?? bound.map((item) => compareExpressions('=', operand, item).test).reduce(disjunction)
  );
}

/** A long list of constants of one type is looked up, not searched. */
function membership(operand: BoundExpression, items: readonly BoundExpression[]): BoundPredicate | undefined {
  if (items.length < 8 || items.some((item) => item.constant === undefined || item.constant === null)) return undefined;
  const { sides, key } = comparable([operand, ...items], 'equal to');
  const [subject, ...members] = sides;
  if (!subject || members.some((member) => member.constant === undefined)) return undefined;
  const keys = new Set(members.map((member) => key(known(member.constant))));
  return (frame) => {
    const value = subject.evaluate(frame);
    return value === null ? null : keys.has(key(value));
  };
}

function known(value: Value | undefined): Exclude<Value, null> {
  if (value === null || value === undefined) throw new Error('a constant was expected');
  return value;
}

/** A NULL among the answers makes "not found" unknown. The answers of an independent query are hashed once. */
function inQuery(operand: BoundExpression, query: BoundQuery): BoundPredicate {
  const [column, ...further] = query.columns;
  if (!column || further.length > 0) throw sqlError(116);
  let slot: Value = null;
  const item: BoundExpression = { ...column, constant: undefined, untyped: false, evaluate: () => slot };
  const { sides, key } = comparable([operand, item], 'equal to');
  const [subject, answer] = sides;
  if (!subject || !answer) throw sqlError(116);
  let cached: { keys: Set<unknown>; hasNull: boolean } | undefined;
  const collect = (frame: RowFrame): { keys: Set<unknown>; hasNull: boolean } => {
    const found = { keys: new Set<unknown>(), hasNull: false };
    for (const [value = null] of query.rows(frame)) {
      slot = value;
      const converted = answer.evaluate(frame);
      if (converted === null) found.hasNull = true;
      else found.keys.add(key(converted));
    }
    return found;
  };
  return (frame) => {
    const answers = query.correlated ? collect(frame) : (cached ??= collect(frame));
    if (answers.keys.size === 0 && !answers.hasNull) return false;
    const value = subject.evaluate(frame);
    if (value === null) return null;
    return answers.keys.has(key(value)) ? true : answers.hasNull ? null : false;
  };
}

/** Stops at the first row. */
function exists(query: BoundQuery): BoundPredicate {
  let cached: boolean | undefined;
  const any = (frame: RowFrame): boolean => {
    for (const _row of query.rows(frame)) return true;
    return false;
  };
  return (frame) => (query.correlated ? any(frame) : (cached ??= any(frame)));
}

function asText(bound: BoundExpression): BoundExpression {
  return isText(bound.type) ? bound : coerce(bound, nvarchar('max'));
}

function like(node: Extract<Predicate, { kind: 'like' }>, binding: Binding): BoundPredicate {
  const operand = asText(binding.expression(node.operand));
  const pattern = asText(binding.expression(node.pattern));
  const escape = node.escape === undefined ? undefined : asText(binding.expression(node.escape));
  const collation = combinedCoercion([operand, pattern], 'like')?.collation ?? findCollation('Latin1_General_CI_AS');
  const made = new Map<string, RegExp>();
  return (frame) => {
    const value = operand.evaluate(frame);
    const wanted = pattern.evaluate(frame);
    const mark = escape?.evaluate(frame);
    if (value === null || wanted === null || mark === null) return null;
    const known =
      made.get(String(wanted)) ?? likePattern(String(wanted), mark === undefined ? undefined : String(mark), collation);
    made.set(String(wanted), known);
    return known.test(String(value));
  };
}

/** UPDATE(column): true where the statement names the column, changed or not; always for INSERT. */
function columnUpdated(column: string, binding: Binding): BoundPredicate {
  const { trigger } = binding.frame;
  if (!trigger) throw unknownToTrainingSite('UPDATE(column) outside of a trigger');
  if (!trigger.table.columns.some((one) => one.name.toLowerCase() === column.toLowerCase()))
    throw sqlError(207, column);
  const { updated } = trigger;
  const answer = updated === 'all' ? true : updated === 'none' ? false : updated.has(column.toLowerCase());
  return () => answer;
}
