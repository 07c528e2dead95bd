import type { ArgumentFacts, ScalarFunction } from '../registry.ts';
import { sqlError } from '../sql-error.ts';
import { rescale } from '../values/convert-numbers.ts';
import { familyOf, scaleOf } from '../values/facts.ts';
import { float, int, type DataType, type Value } from '../values/types.ts';

/** Mathematical functions (learn.microsoft.com/sql/t-sql/functions/mathematical-functions-transact-sql). */

/** Small integers count as int; text as float. */
function sameNumber(args: readonly ArgumentFacts[]): DataType {
  const type = args[0]?.type ?? int;
  switch (familyOf(type)) {
    case 'integer':
      return type.name === 'bigint' ? type : int;
    case 'decimal':
      return type;
    default:
      return float;
  }
}

function numeric(value: Value): number | bigint {
  return typeof value === 'bigint' ? value : Number(value);
}

function ofOneNumber(name: string, change: (value: number | bigint, scale: number) => number | bigint): ScalarFunction {
  return {
    name,
    minimumArguments: 1,
    maximumArguments: 1,
    parameters: ['as-is'],
    type: sameNumber,
    nullIn: true,
    evaluate: ([value = null], _surroundings, [facts]) => change(numeric(value), facts ? scaleOf(facts.type) : 0),
  };
}

function ofFloats(name: string, count: number, calculate: (...values: number[]) => number): ScalarFunction {
  return {
    name,
    minimumArguments: count,
    maximumArguments: count,
    parameters: [float],
    type: float,
    nullIn: true,
    evaluate: (args) => {
      const result = calculate(...args.map(Number));
      if (!Number.isFinite(result)) throw sqlError(3623);
      return result;
    },
  };
}

const round: ScalarFunction = {
  name: 'ROUND',
  minimumArguments: 2,
  maximumArguments: 3,
  parameters: ['as-is', int, int],
  type: sameNumber,
  nullIn: true,
  evaluate: ([value = null, digits, cut = 0], _surroundings, [facts]) => {
    const wanted = Number(digits);
    const family = facts ? familyOf(facts.type) : 'float';
    if (family === 'float' || family === 'text') return roundFloat(Number(value), wanted, Number(cut) !== 0);
    const scale = family === 'decimal' && facts ? scaleOf(facts.type) : 0;
    if (wanted >= scale) return value;
    const whole = BigInt(numeric(value));
    const unit = 10n ** BigInt(scale - wanted);
    const rounded = Number(cut) === 0 ? rescale(whole, scale - wanted, 0) * unit : (whole / unit) * unit;
    return typeof value === 'bigint' ? rounded : Number(rounded);
  },
};

function roundFloat(value: number, digits: number, cut: boolean): number {
  const factor = 10 ** digits;
  return cut ? Math.trunc(value * factor) / factor : (Math.sign(value) * Math.round(Math.abs(value) * factor)) / factor;
}

/** The next whole number below or above, in decimal's own scale. */
function towards(name: 'FLOOR' | 'CEILING', step: (value: number) => number): ScalarFunction {
  return ofOneNumber(name, (value, scale) => {
    if (typeof value === 'number') return step(value);
    const unit = 10n ** BigInt(scale);
    const rest = ((value % unit) + unit) % unit;
    if (rest === 0n) return value;
    return name === 'FLOOR' ? value - rest : value - rest + unit;
  });
}

export const numberFunctions: readonly ScalarFunction[] = [
  ofOneNumber('ABS', (value) => (value < 0 ? -value : value)),
  ofOneNumber('SIGN', (value, scale) => {
    const sign = value > 0 ? 1 : value < 0 ? -1 : 0;
    return typeof value === 'bigint' ? BigInt(sign) * 10n ** BigInt(scale) : sign;
  }),
  towards('FLOOR', Math.floor),
  towards('CEILING', Math.ceil),
  round,
  ofFloats('SQRT', 1, Math.sqrt),
  ofFloats('EXP', 1, Math.exp),
  ofFloats('LOG10', 1, Math.log10),
  { ...ofFloats('POWER', 2, (base, exponent) => base ** exponent) },
];
