import type { Expression } from '../ast.ts';
import { isText } from '../values/facts.ts';
import type { Binding } from './binding.ts';
import { constantExpression, expression, type BoundExpression, type BoundPredicate, type RowFrame } from './bound.ts';
import { coerce, combinedCoercion, commonTypeOf } from './coercion.ts';
import { compareExpressions } from './comparisons.ts';

/** CASE in both forms: the first branch that is true; only that branch is evaluated. */

export function bindSearchedCase(
  node: Extract<Expression, { kind: 'searched-case' }>,
  binding: Binding,
): BoundExpression {
  const tests = node.branches.map((branch) => binding.predicate(branch.when));
  const results = node.branches.map((branch) => binding.expression(branch.result));
  return choose(tests, results, otherwise(node.otherwise, binding));
}

export function bindSimpleCase(node: Extract<Expression, { kind: 'simple-case' }>, binding: Binding): BoundExpression {
  const input = binding.expression(node.input);
  const tests = node.branches.map((branch) => compareExpressions('=', input, binding.expression(branch.when)).test);
  const results = node.branches.map((branch) => binding.expression(branch.result));
  return choose(tests, results, otherwise(node.otherwise, binding));
}

function otherwise(node: Expression | undefined, binding: Binding): BoundExpression {
  return node === undefined ? untypedNull() : binding.expression(node);
}

function untypedNull(): BoundExpression {
  return { ...constantExpression({ name: 'int' }, null), untyped: true };
}

function choose(
  tests: readonly BoundPredicate[],
  results: readonly BoundExpression[],
  last: BoundExpression,
): BoundExpression {
  return ofCommonType([...results, last], (values) => (frame) => {
    const index = tests.findIndex((test) => test(frame) === true);
    return values[index < 0 ? values.length - 1 : index];
  });
}

/** COALESCE: the first value that is not NULL, in the type of highest precedence. */
export function coalesce(all: readonly BoundExpression[]): BoundExpression {
  const bound = ofCommonType(all, (values) => (frame) => {
    return values.find((value) => value.evaluate(frame) !== null);
  });
  return { ...bound, nullable: all.every((one) => one.nullable) };
}

/** ISNULL: the second value in the type of the first. */
export function isNull(first: BoundExpression, second: BoundExpression): BoundExpression {
  const replacement = first.untyped ? second : coerce(second, first.type);
  return expression({
    type: replacement.type,
    coercion: combinedCoercion([first, replacement], 'ISNULL'),
    nullable: first.nullable && second.nullable,
    evaluate: (frame) => first.evaluate(frame) ?? replacement.evaluate(frame),
  });
}

/** NULLIF: NULL where both are equal, else the first. */
export function nullIf(first: BoundExpression, second: BoundExpression): BoundExpression {
  const { test } = compareExpressions('=', first, second);
  return expression({
    ...first,
    constant: undefined,
    name: '',
    nullable: true,
    evaluate: (frame) => (test(frame) === true ? null : first.evaluate(frame)),
  });
}

function ofCommonType(
  all: readonly BoundExpression[],
  chooser: (values: readonly BoundExpression[]) => (frame: RowFrame) => BoundExpression | undefined,
): BoundExpression {
  const type = commonTypeOf(all);
  const values = all.map((one) => coerce(one, type));
  const pick = chooser(values);
  return expression({
    type,
    coercion: isText(type) ? combinedCoercion(all, 'CASE') : undefined,
    nullable: all.some((one) => one.nullable),
    untyped: all.every((one) => one.untyped),
    evaluate: (frame) => pick(frame)?.evaluate(frame) ?? null,
  });
}
