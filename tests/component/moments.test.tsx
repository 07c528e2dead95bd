import { describe, expect, it } from 'vitest';
import { nextTime } from '#renderer/store/drafts.ts';
import { distanceText, momentText } from '#renderer/text/moments.ts';

const now = new Date(2026, 10, 21, 14, 30);
const seconds = (count: number) => new Date(now.getTime() + count * 1000);

describe('moments in words', () => {
  it('of today are only a clock, of other days have their date', () => {
    expect(momentText(new Date(2026, 10, 21, 9, 5), now, 'en-GB')).toBe('09:05');
    expect(momentText(new Date(2026, 10, 20, 23, 59), now, 'en-GB')).toBe('20 Nov 2026, 23:59');
  });

  it.each([
    [-20, 'now'],
    [-40, '1 minute ago'],
    [-95 * 60, '95 minutes ago'],
    [3 * 3600, 'in 3 hours'],
    [-26 * 3600, 'yesterday'],
    [-200 * 86_400, '7 months ago'],
    [-1460 * 86_400, '4 years ago'],
  ])('%i seconds away is "%s"', (away, words) => {
    expect(distanceText(seconds(away), now, 'en-GB')).toBe(words);
  });

  it('a time on the clock is the next such moment: today, or tomorrow once it has passed', () => {
    expect(nextTime('18:00', now)).toEqual(new Date(2026, 10, 21, 18, 0));
    expect(nextTime('14:30', now)).toEqual(new Date(2026, 10, 22, 14, 30));
    expect(nextTime('', now)).toBeNull();
  });
});
