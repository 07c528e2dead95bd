import { assertNever } from '#shared/assert-never.ts';
import type { Expression, ObjectName } from '../ast.ts';
import { sqlError, unknownToTrainingSite } from '../sql-error.ts';
import { findCollation } from '../values/collation.ts';
import { isText } from '../values/facts.ts';
import { decimal, nvarchar, varbinary, varchar, type DataType } from '../values/types.ts';
import { arithmetic, unary } from './arithmetic.ts';
import type { Binding } from './binding.ts';
import { constantExpression, emptyFrame, expression, type BoundExpression, type RowFrame } from './bound.ts';
import { bindCall, bindGlobal } from './calls.ts';
import { bindSearchedCase, bindSimpleCase } from './cases.ts';
import { convertExpression } from './coercion.ts';
import { declaredType } from './declared-type.ts';
import type { Resolved } from './scope.ts';

/** From the syntax of an expression to a function over rows. */
export function bindExpression(node: Expression, binding: Binding): BoundExpression {
  const substituted = binding.scope?.substitute?.(node);
  if (substituted) return substituted;
  switch (node.kind) {
    case 'null':
      return { ...constantExpression({ name: 'int' }, null), untyped: true };
    case 'integer':
      return integerLiteral(node.value);
    case 'decimal':
      return decimalLiteral(node.text);
    case 'float':
      return constantExpression({ name: 'float' }, node.value);
    case 'string': {
      const length = Math.max(1, node.value.length);
      const type = node.unicode ? nvarchar(length > 4000 ? 'max' : length) : varchar(length > 8000 ? 'max' : length);
      return constantExpression(type, node.value, binding.defaultCoercion);
    }
    case 'binary-literal':
      return constantExpression(varbinary(Math.max(1, node.bytes.length)), node.bytes);
    case 'variable':
      return bindVariable(node.name, binding);
    case 'global':
      return bindGlobal(node.name, binding);
    case 'column':
      return bindColumn(node.name, binding);
    case 'unary':
      return unary(node.operator, binding.expression(node.operand));
    case 'arithmetic':
      return arithmetic(node.operator, binding.expression(node.left), binding.expression(node.right));
    case 'collate':
      return bindCollate(binding.expression(node.operand), node.collation);
    case 'simple-case':
      return bindSimpleCase(node, binding);
    case 'searched-case':
      return bindSearchedCase(node, binding);
    case 'conversion':
      return bindConversion(node, binding);
    case 'call':
      return bindCall(node, binding);
    case 'subquery':
      return bindSubquery(node, binding);
    case 'aggregate':
      throw node.over ? sqlError(10_759) : sqlError(147);
    case 'ranking':
      throw sqlError(10_759);
    case 'merge-action':
      throw unknownToTrainingSite('$action outside of the OUTPUT of a MERGE');
    default:
      return assertNever(node);
  }
}

function integerLiteral(value: bigint): BoundExpression {
  if (value <= 2_147_483_647n) return constantExpression({ name: 'int' }, Number(value));
  return constantExpression(decimal(value.toString().length, 0), value);
}

function decimalLiteral(text: string): BoundExpression {
  const [whole = '', fraction = ''] = text.split('.');
  const digits = (whole + fraction).replace(/^0+/, '');
  const precision = Math.max(digits.length, fraction.length, 1);
  return constantExpression(decimal(precision, fraction.length), BigInt(digits === '' ? '0' : digits));
}

function bindVariable(name: string, binding: Binding): BoundExpression {
  const variable = binding.variable(name);
  return expression({
    type: variable.type,
    coercion: isText(variable.type) ? binding.defaultCoercion : undefined,
    evaluate: () => variable.value,
  });
}

function bindColumn(name: ObjectName, binding: Binding): BoundExpression {
  if (!binding.scope) {
    throw name.parts.length > 1 ? sqlError(4104, name.parts.join('.')) : sqlError(207, name.parts[0] ?? '');
  }
  const single = name.parts.length === 1 ? name.parts[0] : undefined;
  const alias = single === undefined ? undefined : binding.scope.aliases?.get(single.toLowerCase());
  return alias ?? columnExpression(binding.scope.resolve(name.parts));
}

export function columnExpression({ depth, index, column }: Resolved): BoundExpression {
  const evaluate =
    depth === 0
      ? (frame: RowFrame) => frame.row[index] ?? null
      : (frame: RowFrame) => {
          let target: RowFrame | undefined = frame;
          for (let i = 0; i < depth; i++) target = target?.outer;
          return target?.row[index] ?? null;
        };
  return expression({
    type: column.type,
    nullable: column.nullable,
    coercion: column.coercion,
    name: column.name,
    evaluate,
  });
}

function bindCollate(operand: BoundExpression, name: string): BoundExpression {
  if (!isText(operand.type)) {
    if (operand.untyped) return operand;
    throw sqlError(447, operand.type.name);
  }
  return { ...operand, name: '', coercion: { collation: findCollation(name), strength: 'explicit' } };
}

function bindConversion(node: Extract<Expression, { kind: 'conversion' }>, binding: Binding): BoundExpression {
  const type: DataType = declaredType(node.type, 'conversion');
  const operand = binding.expression(node.operand);
  const style = node.style === undefined ? undefined : binding.expression(node.style).evaluate(emptyFrame);
  const converted = convertExpression(operand, type, {
    attempt: node.attempt,
    style: style === undefined ? undefined : Number(style),
  });
  const coercion = isText(type) ? (converted.coercion ?? binding.defaultCoercion) : undefined;
  return { ...converted, name: '', coercion };
}

/** A scalar subquery: its only value, NULL for no row, 512 for more than one. */
function bindSubquery(node: Extract<Expression, { kind: 'subquery' }>, binding: Binding): BoundExpression {
  const query = binding.query(node.query);
  const [column, ...further] = query.columns;
  if (!column || further.length > 0) throw sqlError(116);
  const read = (frame: RowFrame): BoundExpression['constant'] => {
    let answer: BoundExpression['constant'];
    for (const row of query.rows(frame)) {
      if (answer !== undefined) throw sqlError(512);
      answer = row[0] ?? null;
    }
    return answer ?? null;
  };
  let cached: BoundExpression['constant'];
  return expression({
    type: column.type,
    coercion: column.coercion,
    evaluate: (frame) => (query.correlated ? read(frame) : (cached ??= read(frame))) ?? null,
  });
}
