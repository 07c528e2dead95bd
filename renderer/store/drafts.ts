/** What was typed and not yet sent. Passwords are no draft: they stay in their field until the one call that takes them. */
export interface Drafts {
  readonly reason: string;
  /** Local time as HH:MM, or empty for "until somebody switches it off". */
  readonly openUntil: string;
  readonly lockdownReason: string;
  readonly engineer: string;
  readonly login: string;
}

export const noDrafts: Drafts = { reason: '', openUntil: '', lockdownReason: '', engineer: '', login: '' };

/** The next moment at which the clock on the wall shows this time; null for an empty or impossible one. */
export function nextTime(clock: string, now: Date): Date | null {
  const match = /^(\d{2}):(\d{2})$/u.exec(clock);
  if (!match) return null;
  const next = new Date(now);
  next.setHours(Number(match[1]), Number(match[2]), 0, 0);
  if (next <= now) next.setDate(next.getDate() + 1);
  return next;
}
