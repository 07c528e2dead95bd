/** How SQL Server's clock types count time, in milliseconds of a Date's UTC fields on our side. */

const dayInMs = 86_400_000;
const ticksInDay = 300 * 86_400;
const firstDate = Date.UTC(1900, 0, 1);
const firstDate2 = ((): number => {
  const date = new Date(0);
  date.setUTCFullYear(1, 0, 1);
  return date.getTime();
})();

export interface DayAndUnits {
  readonly day: number;
  readonly units: number;
}

/** datetime: days since 1900-01-01 and ticks of 1/300 s; rounding up at midnight moves to the next day. */
export function toDateTimeTicks(date: Date): DayAndUnits {
  const { day, units } = split(date.getTime() - firstDate);
  const ticks = Math.round(units * 0.3);
  return ticks === ticksInDay ? { day: day + 1, units: 0 } : { day, units: ticks };
}

export function fromDateTimeTicks({ day, units }: DayAndUnits): Date {
  return new Date(firstDate + day * dayInMs + Math.round(units / 0.3));
}

/** datetime2 and its kin: days since 0001-01-01 and 10^-scale seconds, rounded as SQL Server does. */
export function toScaledUnits(date: Date, scale: number): DayAndUnits {
  const step = scale < 3 ? 10 ** (3 - scale) : 1;
  const rounded = Math.round((date.getTime() - firstDate2) / step) * step;
  const { day, units } = split(rounded);
  return { day, units: scale < 3 ? units / step : units * 10 ** (scale - 3) };
}

/** Finer than a millisecond is cut off: a Date has no room for it. */
export function fromScaledUnits({ day, units }: DayAndUnits, scale: number): Date {
  return new Date(firstDate2 + day * dayInMs + toMilliseconds(units, scale));
}

/** A time of day alone, as SQL Server's drivers hand it out: on 1970-01-01. */
export function fromTimeUnits(units: number, scale: number): Date {
  return new Date(toMilliseconds(units, scale));
}

/** Divides rather than multiplies by a fraction, so that whole milliseconds come out whole. */
function toMilliseconds(units: number, scale: number): number {
  return scale < 3 ? units * 10 ** (3 - scale) : Math.floor(units / 10 ** (scale - 3));
}

function split(milliseconds: number): DayAndUnits {
  const day = Math.floor(milliseconds / dayInMs);
  return { day, units: milliseconds - day * dayInMs };
}
