import type { Expression } from '../ast.ts';
import { sqlError } from '../sql-error.ts';
import { dateAdd, dateDifference, datePart, datePartName, datePartValue } from '../values/date-parts.ts';
import { roundToDatetime } from '../values/dates.ts';
import { integerLimits, isText } from '../values/facts.ts';
import { bigint, datetime2, int, nvarchar, type DataType } from '../values/types.ts';
import type { Binding } from './binding.ts';
import { expression, type BoundExpression } from './bound.ts';
import { coerce, convertExpression } from './coercion.ts';

/** DATEADD, DATEDIFF, DATEPART and DATENAME: their first word is no expression. */
const names = new Set(['DATEADD', 'DATEDIFF', 'DATEDIFF_BIG', 'DATEPART', 'DATENAME']);

export function isDateCall(name: string): boolean {
  return names.has(name);
}

export function bindDateCall(
  name: string,
  node: Extract<Expression, { kind: 'call' }>,
  binding: Binding,
): BoundExpression {
  if (node.datePart === undefined) throw sqlError(174, name.toLowerCase(), name.startsWith('DATEP') ? 2 : 3);
  const part = datePart(node.datePart);
  const [first, second] = node.arguments.map((argument) => binding.expression(argument));
  if (name === 'DATEPART' || name === 'DATENAME') {
    if (!first || second) throw sqlError(174, name.toLowerCase(), 2);
    const moment = asMoment(first);
    const evaluate =
      name === 'DATEPART'
        ? (ticks: bigint) => datePartValue(part, ticks)
        : (ticks: bigint) => datePartName(part, ticks);
    return expression({
      type: name === 'DATEPART' ? int : nvarchar(30),
      coercion: name === 'DATENAME' ? binding.defaultCoercion : undefined,
      evaluate: (frame) => {
        const ticks = moment.evaluate(frame);
        return ticks === null ? null : evaluate(ticks as bigint);
      },
    });
  }
  if (!first || !second) throw sqlError(174, name.toLowerCase(), 3);
  return name === 'DATEADD' ? added(part, first, second) : difference(name, part, first, second);
}

/** Text is read as datetime by DATEADD and as datetime2 by the others; every other type stays what it is. */
function asMoment(bound: BoundExpression, textType: DataType = datetime2(7)): BoundExpression {
  if (bound.untyped || isText(bound.type)) return convertExpression(bound, textType);
  return bound.type.name === 'int' ? coerce(bound, { name: 'datetime' }) : bound;
}

function added(part: ReturnType<typeof datePart>, count: BoundExpression, from: BoundExpression): BoundExpression {
  const moment = asMoment(from, { name: 'datetime' });
  const number = convertExpression(count, int);
  return expression({
    type: moment.type,
    evaluate: (frame) => {
      const n = number.evaluate(frame);
      const ticks = moment.evaluate(frame);
      if (n === null || ticks === null) return null;
      const moved = dateAdd(part, BigInt(Number(n)), ticks as bigint, moment.type.name);
      return moment.type.name === 'datetime' ? roundToDatetime(moved) : moved;
    },
  });
}

function difference(
  name: string,
  part: ReturnType<typeof datePart>,
  from: BoundExpression,
  to: BoundExpression,
): BoundExpression {
  const [start, end] = [asMoment(from), asMoment(to)];
  const big = name === 'DATEDIFF_BIG';
  const limits = integerLimits.int;
  return expression({
    type: big ? bigint : int,
    evaluate: (frame) => {
      const a = start.evaluate(frame);
      const b = end.evaluate(frame);
      if (a === null || b === null) return null;
      const count = dateDifference(part, a as bigint, b as bigint);
      if (big) return count;
      if (limits && (count < limits.low || count > limits.high)) throw sqlError(535);
      return Number(count);
    },
  });
}
