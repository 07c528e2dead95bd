import { sqlError } from '../sql-error.ts';
import {
  inRange,
  parseMoment,
  roundTicks,
  roundToDatetime,
  ticksFromCivil,
  ticksPerDay,
  ticksPerMinute,
  timeOfDay,
  year1900,
} from './dates.ts';
import { familyOf, scaleOf } from './facts.ts';
import type { DataType, Value } from './types.ts';

const firstDatetime = ticksFromCivil(1753, 1, 1) ?? 0n;

/** date, datetime, datetime2 from text, from each other, from a time (on 1900-01-01) and, for datetime, from numbers of days. */
export function toMoment(value: Exclude<Value, null>, from: DataType, to: DataType): bigint {
  const ticks = momentTicks(value, from);
  if (!inRange(ticks)) throw sqlError(8115, 'expression', to.name);
  if (to.name === 'date') return ticks - timeOfDay(ticks);
  if (to.name !== 'datetime') return roundTicks(ticks, scaleOf(to));
  if (ticks < firstDatetime) throw sqlError(242, from.name, 'datetime');
  return roundToDatetime(ticks);
}

function momentTicks(value: Exclude<Value, null>, from: DataType): bigint {
  if (typeof value === 'string') {
    const parsed = parseMoment(value);
    if (!parsed) throw sqlError(241);
    return parsed.ticks - BigInt(parsed.offsetMinutes ?? 0) * ticksPerMinute;
  }
  if (typeof value === 'bigint' && familyOf(from) === 'moment') return value;
  if (typeof value === 'bigint' && familyOf(from) === 'time') return year1900 + value;
  if (value instanceof Uint8Array) throw sqlError(241);
  const days =
    typeof value === 'bigint' ? Number(value) / 10 ** (from.name === 'decimal' ? scaleOf(from) : 0) : Number(value);
  return year1900 + BigInt(Math.round(days * Number(ticksPerDay)));
}

export function toTime(value: Exclude<Value, null>, from: DataType, to: DataType): bigint {
  if (typeof value === 'string') {
    const parsed = parseMoment(value);
    if (!parsed) throw sqlError(241);
    return roundTicks(timeOfDay(parsed.ticks), scaleOf(to)) % ticksPerDay;
  }
  if (typeof value !== 'bigint') throw sqlError(206, from.name, 'time');
  return roundTicks(timeOfDay(value), scaleOf(to)) % ticksPerDay;
}
