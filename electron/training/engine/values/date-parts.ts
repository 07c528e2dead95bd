import { sqlError, unknownToTrainingSite } from '../sql-error.ts';
import {
  civilFromTicks,
  daysInMonth,
  inRange,
  ticksFromCivil,
  ticksPerDay,
  ticksPerHour,
  ticksPerMillisecond,
  ticksPerMinute,
  ticksPerSecond,
  timeOfDay,
} from './dates.ts';

/** DATEADD, DATEDIFF and DATEPART over ticks (learn.microsoft.com/sql/t-sql/functions/dateadd-transact-sql). */

export type DatePart =
  | 'year'
  | 'quarter'
  | 'month'
  | 'dayofyear'
  | 'day'
  | 'week'
  | 'weekday'
  | 'hour'
  | 'minute'
  | 'second'
  | 'millisecond'
  | 'microsecond'
  | 'nanosecond';

const names: Readonly<Record<string, DatePart>> = {
  year: 'year',
  yy: 'year',
  yyyy: 'year',
  quarter: 'quarter',
  qq: 'quarter',
  q: 'quarter',
  month: 'month',
  mm: 'month',
  m: 'month',
  dayofyear: 'dayofyear',
  dy: 'dayofyear',
  y: 'dayofyear',
  day: 'day',
  dd: 'day',
  d: 'day',
  week: 'week',
  wk: 'week',
  ww: 'week',
  weekday: 'weekday',
  dw: 'weekday',
  w: 'weekday',
  hour: 'hour',
  hh: 'hour',
  minute: 'minute',
  mi: 'minute',
  n: 'minute',
  second: 'second',
  ss: 'second',
  s: 'second',
  millisecond: 'millisecond',
  ms: 'millisecond',
  microsecond: 'microsecond',
  mcs: 'microsecond',
  nanosecond: 'nanosecond',
  ns: 'nanosecond',
};

export function datePart(text: string): DatePart {
  const part = names[text.toLowerCase()];
  if (part === undefined) throw unknownToTrainingSite(`the date part '${text}'`);
  return part;
}

const ticksOf: Partial<Record<DatePart, bigint>> = {
  week: 7n * ticksPerDay,
  weekday: ticksPerDay,
  dayofyear: ticksPerDay,
  day: ticksPerDay,
  hour: ticksPerHour,
  minute: ticksPerMinute,
  second: ticksPerSecond,
  millisecond: ticksPerMillisecond,
  microsecond: 10n,
};

const monthsOf: Partial<Record<DatePart, number>> = { year: 12, quarter: 3, month: 1 };

/** The day is cut to the last one of a shorter month, as documented. 517 where the result leaves the calendar. */
export function dateAdd(part: DatePart, count: bigint, ticks: bigint, typeName: string): bigint {
  const months = monthsOf[part];
  const added =
    months === undefined ? ticks + addedTicks(part, count) : addMonths(ticks, Number(count) * months, typeName);
  if (!inRange(added)) throw sqlError(517, typeName);
  return added;
}

function addedTicks(part: DatePart, count: bigint): bigint {
  if (part === 'nanosecond') return (count + 50n) / 100n;
  return count * (ticksOf[part] ?? ticksPerDay);
}

function addMonths(ticks: bigint, months: number, typeName: string): bigint {
  const { year, month, day } = civilFromTicks(ticks);
  const index = year * 12 + (month - 1) + months;
  const newYear = Math.floor(index / 12);
  const newMonth = (index % 12) + 1;
  if (newYear < 1 || newYear > 9999) throw sqlError(517, typeName);
  const start = ticksFromCivil(newYear, newMonth, Math.min(day, daysInMonth(newYear, newMonth)));
  if (start === undefined) throw sqlError(517, typeName);
  return start + timeOfDay(ticks);
}

/** The number of boundaries of `part` that are crossed from `start` to `end`. */
export function dateDifference(part: DatePart, start: bigint, end: bigint): bigint {
  const months = monthsOf[part];
  if (months !== undefined) return BigInt(monthBucket(end, months) - monthBucket(start, months));
  if (part === 'nanosecond') return (end - start) * 100n;
  if (part === 'week') return (end + ticksPerDay) / (7n * ticksPerDay) - (start + ticksPerDay) / (7n * ticksPerDay);
  const unit = ticksOf[part] ?? ticksPerDay;
  return end / unit - start / unit;
}

function monthBucket(ticks: bigint, months: number): number {
  const { year, month } = civilFromTicks(ticks);
  return Math.floor((year * 12 + month - 1) / months);
}

export function datePartValue(part: DatePart, ticks: bigint): number {
  const { year, month, day } = civilFromTicks(ticks);
  const time = timeOfDay(ticks);
  const startOfYear = ticksFromCivil(year, 1, 1) ?? 0n;
  const dayOfYear = Number((ticks - time - startOfYear) / ticksPerDay) + 1;
  switch (part) {
    case 'year':
      return year;
    case 'quarter':
      return Math.floor((month - 1) / 3) + 1;
    case 'month':
      return month;
    case 'dayofyear':
      return dayOfYear;
    case 'day':
      return day;
    case 'week':
      return Math.floor((dayOfYear + weekday(startOfYear) - 2) / 7) + 1;
    case 'weekday':
      return weekday(ticks);
    case 'hour':
      return Number(time / ticksPerHour);
    case 'minute':
      return Number((time / ticksPerMinute) % 60n);
    case 'second':
      return Number((time / ticksPerSecond) % 60n);
    case 'millisecond':
      return Number((time % ticksPerSecond) / ticksPerMillisecond);
    case 'microsecond':
      return Number((time % ticksPerSecond) / 10n);
    case 'nanosecond':
      return Number(time % ticksPerSecond) * 100;
  }
}

/** 0001-01-01 was a Monday; with DATEFIRST 7 (us_english) Sunday is day 1. */
function weekday(ticks: bigint): number {
  return Number((ticks / ticksPerDay + 1n) % 7n) + 1;
}

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October'];
const monthNames = [...months, 'November', 'December'];
const dayNames = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

export function datePartName(part: DatePart, ticks: bigint): string {
  const value = datePartValue(part, ticks);
  if (part === 'month') return monthNames[value - 1] ?? '';
  if (part === 'weekday') return dayNames[value - 1] ?? '';
  return String(value);
}
