import type { Expression } from '../ast.ts';
import { findFunction, type ArgumentFacts, type ScalarFunction } from '../registry.ts';
import { sqlError } from '../sql-error.ts';
import { isText } from '../values/facts.ts';
import type { DataType, Value } from '../values/types.ts';
import type { Binding } from './binding.ts';
import { expression, type BoundExpression } from './bound.ts';
import { coalesce, isNull, nullIf } from './cases.ts';
import { coerce, combinedCoercion } from './coercion.ts';
import { bindDateCall, isDateCall } from './date-calls.ts';

type Call = Extract<Expression, { kind: 'call' }>;

/** Function calls: the few whose arguments are special here, all others by the registry. */
export function bindCall(node: Call, binding: Binding): BoundExpression {
  const { parts } = node.name;
  const name = (parts.at(-1) ?? '').toUpperCase();
  if (parts.length > 1) throw sqlError(195, parts.join('.'));
  if (isDateCall(name)) return bindDateCall(name, node, binding);
  const args = node.arguments.map((argument) => binding.expression(argument));
  const [first, second] = args;
  if (name === 'COALESCE' && args.length > 0) return coalesce(args);
  if (name === 'ISNULL' && first && second && args.length === 2) return isNull(first, second);
  if (name === 'NULLIF' && first && second && args.length === 2) return nullIf(first, second);
  const found = findFunction(name);
  if (!found) throw sqlError(195, parts.join('.'));
  return callFunction(found, args, binding);
}

export function bindGlobal(name: string, binding: Binding): BoundExpression {
  const found = findFunction(name);
  if (!found) throw sqlError(137, name);
  return callFunction(found, [], binding);
}

function callFunction(called: ScalarFunction, args: readonly BoundExpression[], binding: Binding): BoundExpression {
  checkCount(called, args.length);
  const facts: readonly ArgumentFacts[] = args.map((arg) => ({ type: arg.type, constant: arg.constant }));
  const type: DataType = typeof called.type === 'function' ? called.type(facts) : called.type;
  const converted = args.map((arg, index) => {
    const wanted = called.parameters[Math.min(index, called.parameters.length - 1)];
    return wanted === undefined || wanted === 'as-is' ? arg : coerce(arg, wanted);
  });
  const { surroundings } = binding;
  const strict = called.nullIn === true;
  return expression({
    type,
    coercion: isText(type) ? (combinedCoercion(converted, called.name) ?? binding.defaultCoercion) : undefined,
    evaluate: (frame) => {
      const values: Value[] = [];
      for (const one of converted) {
        const value = one.evaluate(frame);
        if (strict && value === null) return null;
        values.push(value);
      }
      return called.evaluate(values, surroundings, facts);
    },
  });
}

function checkCount(called: ScalarFunction, count: number): void {
  const { minimumArguments: low, maximumArguments: high, name } = called;
  if (count >= low && count <= high) return;
  throw low === high ? sqlError(174, name.toLowerCase(), low) : sqlError(189, name.toLowerCase(), low, high);
}
