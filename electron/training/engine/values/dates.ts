/**
 * Dates and times as ticks of 100 ns since 0001-01-01 (proleptic Gregorian), as datetime2 counts them; `time` as ticks
 * since midnight.
 */
export const ticksPerMillisecond = 10_000n;
export const ticksPerSecond = 10_000_000n;
export const ticksPerMinute = 60n * ticksPerSecond;
export const ticksPerHour = 60n * ticksPerMinute;
export const ticksPerDay = 24n * ticksPerHour;
/** 0001-01-01 to 1970-01-01. */
const unixEpochTicks = 719_162n * ticksPerDay;
/** 1900-01-01, where datetime and an empty date begin. */
export const year1900 = 693_595n * ticksPerDay;
const lastTick = 3_652_059n * ticksPerDay - 1n;

export interface Civil {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

export function ticksFromUnixMs(ms: number): bigint {
  return unixEpochTicks + BigInt(Math.round(ms)) * ticksPerMillisecond;
}

export function unixMsFromTicks(ticks: bigint): number {
  return Number((ticks - unixEpochTicks) / ticksPerMillisecond);
}

export function dateFromTicks(ticks: bigint): Date {
  return new Date(unixMsFromTicks(ticks));
}

/** Undefined for a day that does not exist or lies outside of the years 1 to 9999. */
export function ticksFromCivil(year: number, month: number, day: number): bigint | undefined {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return ticksFromUnixMs(date.getTime());
}

export function civilFromTicks(ticks: bigint): Civil {
  const date = dateFromTicks(ticks - timeOfDay(ticks));
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

export function timeOfDay(ticks: bigint): bigint {
  return ticks % ticksPerDay;
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

export function inRange(ticks: bigint): boolean {
  return ticks >= 0n && ticks <= lastTick;
}

/** Rounds half up to `scale` digits of a second, as datetime2(n) and time(n) do. */
export function roundTicks(ticks: bigint, scale: number): bigint {
  const unit = 10n ** BigInt(7 - scale);
  return ((ticks + unit / 2n) / unit) * unit;
}

/** datetime keeps 1/300 s: milliseconds end in 0, 3 or 7 (learn.microsoft.com/sql/t-sql/data-types/datetime-transact-sql). */
export function roundToDatetime(ticks: bigint): bigint {
  const day = ticks - timeOfDay(ticks);
  const threeHundredths = (timeOfDay(ticks) * 300n + ticksPerSecond / 2n) / ticksPerSecond;
  // Shown to the millisecond: 1/300 is .003, 2/300 is .007.
  const ms = (threeHundredths * 10n + 1n) / 3n;
  return day + ms * ticksPerMillisecond;
}

const two = (n: number | bigint): string => String(n).padStart(2, '0');

export function formatDate(ticks: bigint): string {
  const { year, month, day } = civilFromTicks(ticks);
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}

/** hh:mm:ss and `scale` further digits. */
export function formatTime(ticks: bigint, scale: number): string {
  const t = timeOfDay(ticks);
  const whole = `${two(t / ticksPerHour)}:${two((t / ticksPerMinute) % 60n)}:${two((t / ticksPerSecond) % 60n)}`;
  if (scale === 0) return whole;
  return `${whole}.${String(t % ticksPerSecond)
    .padStart(7, '0')
    .slice(0, scale)}`;
}

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Style 0 and 100: `Nov 21 2026  1:45AM`, hours and days padded with a blank. */
export function formatDefault(ticks: bigint): string {
  const { year, month, day } = civilFromTicks(ticks);
  const hour = Number(timeOfDay(ticks) / ticksPerHour);
  const minute = (timeOfDay(ticks) / ticksPerMinute) % 60n;
  const twelve = hour % 12 === 0 ? 12 : hour % 12;
  const half = hour < 12 ? 'AM' : 'PM';
  return `${monthNames[month - 1]} ${String(day).padStart(2)} ${year} ${String(twelve).padStart(2)}:${two(minute)}${half}`;
}

export interface ParsedMoment {
  readonly ticks: bigint;
  /** Minutes east of UTC that the text named, undefined without. */
  readonly offsetMinutes: number | undefined;
}

/**
 * The forms that do not depend on language settings: ISO 8601, ODBC-like `yyyy-mm-dd hh:mm:ss[.fffffff]`, `yyyymmdd`, a
 * date or a time alone, `mm/dd/yyyy` (us_english), `Nov 21 2026 1:45AM`. Undefined where the text is none of them.
 */
export function parseMoment(text: string): ParsedMoment | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return { ticks: year1900, offsetMinutes: undefined };
  const match =
    /^(?:(?<iso>\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{8}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|[A-Za-z]{3,9}\s+\d{1,2},?\s+\d{4})(?:[T\s]+|Z?$))?(?:(?<h>\d{1,2}):(?<m>\d{2})(?::(?<s>\d{2})(?:[.:](?<f>\d{1,9}))?)?\s*(?<half>[AaPp][Mm])?\s*(?<zone>Z|[+-]\d{2}:\d{2})?)?$/.exec(
      trimmed,
    );
  const groups = match?.groups;
  if (groups === undefined || (groups['iso'] === undefined && groups['h'] === undefined)) return undefined;
  const day = groups['iso'] === undefined ? year1900 : parseDay(groups['iso']);
  if (day === undefined) return undefined;
  const time = parseTimeGroups(groups);
  if (time === undefined) return undefined;
  return { ticks: day + time, offsetMinutes: parseZone(groups['zone']) };
}

function parseDay(text: string): bigint | undefined {
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(text) ?? /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text);
  if (compact) return ticksFromCivil(Number(compact[1]), Number(compact[2]), Number(compact[3]));
  const american = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/.exec(text);
  if (american) return ticksFromCivil(Number(american[3]), Number(american[1]), Number(american[2]));
  const named = /^([A-Za-z]{3})[a-z]*\s+(\d{1,2}),?\s+(\d{4})$/.exec(text);
  if (!named) return undefined;
  const month = monthNames.findIndex((name) => name.toLowerCase() === named[1]?.toLowerCase()) + 1;
  return ticksFromCivil(Number(named[3]), month, Number(named[2]));
}

function parseTimeGroups(groups: Record<string, string | undefined>): bigint | undefined {
  if (groups['h'] === undefined) return 0n;
  let hour = Number(groups['h']);
  const minute = Number(groups['m']);
  const second = Number(groups['s'] ?? '0');
  if (groups['half'] !== undefined) {
    if (hour < 1 || hour > 12) return undefined;
    hour = (hour % 12) + (groups['half'].toLowerCase() === 'pm' ? 12 : 0);
  }
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const fraction = BigInt((groups['f'] ?? '').padEnd(7, '0').slice(0, 7));
  return BigInt(hour) * ticksPerHour + BigInt(minute) * ticksPerMinute + BigInt(second) * ticksPerSecond + fraction;
}

function parseZone(zone: string | undefined): number | undefined {
  if (zone === undefined) return undefined;
  if (zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
  return zone.startsWith('-') ? -minutes : minutes;
}
