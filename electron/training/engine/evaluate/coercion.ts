import { attempt, converter } from '../values/convert.ts';
import { isText, sameType, typeNameInMessages } from '../values/facts.ts';
import { commonType, convertsImplicitly } from '../values/precedence.ts';
import { sqlError } from '../sql-error.ts';
import type { DataType } from '../values/types.ts';
import type { BoundExpression, Coercion } from './bound.ts';

/** Implicit conversion, and which collation counts where two texts meet. */

/** The expression as a value of another type. 257 where that needs a CONVERT. */
export function coerce(bound: BoundExpression, to: DataType): BoundExpression {
  if (bound.untyped) return { ...bound, type: to, untyped: false };
  if (sameType(bound.type, to)) return bound;
  if (!convertsImplicitly(bound.type, to)) {
    throw sqlError(257, typeNameInMessages(bound.type), typeNameInMessages(to));
  }
  return convertExpression(bound, to);
}

/** CAST and CONVERT. A constant is converted once, unless that fails: the error belongs to the moment of use. */
export function convertExpression(
  bound: BoundExpression,
  to: DataType,
  options: { readonly style?: number | undefined; readonly attempt?: boolean } = {},
): BoundExpression {
  if (bound.untyped) return { ...bound, type: to, untyped: false };
  const plain = converter(bound.type, to, options.style);
  const convert = options.attempt === true ? attempt(plain) : plain;
  const coercion = isText(to) ? bound.coercion : undefined;
  const rest = { type: to, coercion, untyped: false, name: '', nullable: bound.nullable || options.attempt === true };
  if (bound.constant !== undefined) {
    const folded = attempt(plain)(bound.constant);
    if (folded !== null || bound.constant === null) return { ...rest, constant: folded, evaluate: () => folded };
  }
  return { ...rest, constant: undefined, evaluate: (frame) => convert(bound.evaluate(frame)) };
}

/** The common type of several expressions; bare NULLs have no say. int where there is nothing else. */
export function commonTypeOf(all: readonly BoundExpression[]): DataType {
  const typed = all.filter((one) => !one.untyped);
  const [first, ...rest] = typed.map((one) => one.type);
  return first === undefined ? { name: 'int' } : rest.reduce(commonType, first);
}

const strengths = { explicit: 2, implicit: 1, default: 0 };

/** 468 where two collations have the same claim. */
export function commonCoercion(
  a: Coercion | undefined,
  b: Coercion | undefined,
  operation: string,
): Coercion | undefined {
  if (!a || !b) return a ?? b;
  if (strengths[a.strength] !== strengths[b.strength]) {
    return strengths[a.strength] > strengths[b.strength] ? a : b;
  }
  if (a.collation.name.toLowerCase() === b.collation.name.toLowerCase() || a.strength === 'default') return a;
  throw sqlError(468, a.collation.name, b.collation.name, operation);
}

export function combinedCoercion(all: readonly BoundExpression[], operation: string): Coercion | undefined {
  return all.map((one) => one.coercion).reduce((a, b) => commonCoercion(a, b, operation), undefined);
}
