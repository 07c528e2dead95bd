const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;
const month = 30 * day;
const year = 365 * day;

/** A point in time in the person's own time zone: only the clock for today, else with the date. */
export function momentText(at: Date, now: Date, locale: string): string {
  const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' }).format(at);
  if (at.toDateString() === now.toDateString()) return clock;
  const date = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' }).format(at);
  return `${date}, ${clock}`;
}

/** The whole point in time, to the second. */
export function exactMoment(at: Date, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'long' }).format(at);
}

/** How far away it is: "3 minutes ago", "in 2 hours", "now" within half a minute. */
export function distanceText(at: Date, now: Date, locale: string): string {
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const seconds = Math.round((at.getTime() - now.getTime()) / 1000);
  const far = Math.abs(seconds);
  if (far < minute / 2) return format.format(0, 'second');
  if (far < 2 * hour) return format.format(Math.sign(seconds) * Math.max(1, Math.round(far / minute)), 'minute');
  if (far < day) return format.format(Math.round(seconds / hour), 'hour');
  if (far < 2 * month) return format.format(Math.round(seconds / day), 'day');
  if (far < 2 * year) return format.format(Math.round(seconds / month), 'month');
  return format.format(Math.round(seconds / year), 'year');
}

export function countText(count: number, locale: string): string {
  return new Intl.NumberFormat(locale).format(count);
}
