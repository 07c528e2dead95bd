import type { Predicate } from '../ast.ts';
import type { Binding } from './binding.ts';
import type { BoundExpression, BoundPredicate } from './bound.ts';
import { compareExpressions, type Comparable } from './comparisons.ts';
import type { Scope } from './scope.ts';

/** One side of an equation, with the columns of the own query that it looks at. */
export interface Side {
  readonly bound: BoundExpression;
  readonly columns: ReadonlySet<number>;
  /** The position where the side is nothing but a column. */
  readonly column: number | undefined;
}

/** `a = b` among the conditions of a query: what a join or a lookup can use. */
export interface Equation {
  readonly left: Side;
  readonly right: Side;
  readonly pair: Comparable;
}

export interface Conditions {
  readonly test: BoundPredicate;
  readonly equations: readonly Equation[];
}

/** Binds a condition and finds the equations that its ANDs demand. */
export function bindConditions(node: Predicate, binding: Binding, scope: Scope): Conditions {
  const equations: Equation[] = [];
  const tests = conjuncts(node).map((one) => {
    if (one.kind !== 'comparison' || one.operator !== '=') return binding.predicate(one);
    const left = recorded(scope, () => binding.expression(one.left));
    const right = recorded(scope, () => binding.expression(one.right));
    const compared = compareExpressions('=', left.bound, right.bound);
    equations.push({
      left: { ...left, bound: compared.left, column: bareColumn(one.left.kind, left.columns) },
      right: { ...right, bound: compared.right, column: bareColumn(one.right.kind, right.columns) },
      pair: compared.pair,
    });
    return compared.test;
  });
  return { test: allOf(tests), equations };
}

function bareColumn(kind: string, columns: ReadonlySet<number>): number | undefined {
  const [only] = columns;
  return kind === 'column' && columns.size === 1 ? only : undefined;
}

function conjuncts(node: Predicate): readonly Predicate[] {
  return node.kind === 'and' ? [...conjuncts(node.left), ...conjuncts(node.right)] : [node];
}

function allOf(tests: readonly BoundPredicate[]): BoundPredicate {
  const [only] = tests;
  if (only && tests.length === 1) return only;
  // For filtering, unknown is as good as false.
  return (frame) => {
    for (const test of tests) {
      const truth = test(frame);
      if (truth !== true) return truth;
    }
    return true;
  };
}

function recorded(scope: Scope, bind: () => BoundExpression): { bound: BoundExpression; columns: ReadonlySet<number> } {
  const before = scope.references;
  const columns = new Set<number>();
  scope.references = columns;
  const bound = bind();
  scope.references = before;
  for (const index of columns) before?.add(index);
  return { bound, columns };
}
