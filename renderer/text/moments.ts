const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;
const month = 30 * day;
const year = 365 * day;

/** Makes each formatter once a language: making one costs more than a thousand uses, and tables have thousands. */
function once<T>(make: (locale: string) => T): (locale: string) => T {
  const made = new Map<string, T>();
  return (locale) => {
    const known = made.get(locale);
    if (known !== undefined) return known;
    const fresh = make(locale);
    made.set(locale, fresh);
    return fresh;
  };
}

const clocks = once((locale) => new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' }));
const dates = once((locale) => new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' }));
const exact = once((locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'long' }));
const distances = once((locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }));
const numbers = once((locale) => new Intl.NumberFormat(locale));

/** A point in time in the person's own time zone: only the clock for today, else with the date. */
export function momentText(at: Date, now: Date, locale: string): string {
  const clock = clocks(locale).format(at);
  return at.toDateString() === now.toDateString() ? clock : `${dates(locale).format(at)}, ${clock}`;
}

/** The whole point in time, to the second. */
export function exactMoment(at: Date, locale: string): string {
  return exact(locale).format(at);
}

/** How far away it is: "3 minutes ago", "in 2 hours", "now" within half a minute. */
export function distanceText(at: Date, now: Date, locale: string): string {
  const format = distances(locale);
  const seconds = Math.round((at.getTime() - now.getTime()) / 1000);
  const far = Math.abs(seconds);
  if (far < minute / 2) return format.format(0, 'second');
  if (far < 2 * hour) return format.format(Math.sign(seconds) * Math.max(1, Math.round(far / minute)), 'minute');
  if (far < day) return format.format(Math.round(seconds / hour), 'hour');
  if (far < 2 * month) return format.format(Math.round(seconds / day), 'day');
  if (far < 2 * year) return format.format(Math.round(seconds / month), 'month');
  return format.format(Math.round(seconds / year), 'year');
}

const units = once((locale) => {
  const unit = (name: string) => new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'long' });
  return { day: unit('day'), month: unit('month'), year: unit('year') };
});

/** How old it is in whole units, never older than it is: "4 years", "13 months". Null for less than a day. */
export function ageText(since: Date, now: Date, locale: string): string | null {
  const format = units(locale);
  const seconds = (now.getTime() - since.getTime()) / 1000;
  if (seconds < day) return null;
  if (seconds < 2 * month) return format.day.format(Math.floor(seconds / day));
  if (seconds < 2 * year) return format.month.format(Math.floor(seconds / month));
  return format.year.format(Math.floor(seconds / year));
}

export function countText(count: number, locale: string): string {
  return numbers(locale).format(count);
}

/** Time that is left as a clock shows it: "9:05". A second that has begun counts whole, so that it never says 0:00 too early. */
export function countdownText(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  return `${Math.floor(seconds / minute)}:${String(seconds % minute).padStart(2, '0')}`;
}
