import type { Clock } from '#electron/machine/clock.ts';

/** A clock that stands until it is moved. */
export class FakeClock implements Clock {
  #now = Date.parse('2026-11-21T20:00:00.000Z');

  now(): Date {
    return new Date(this.#now);
  }

  advance(milliseconds: number): void {
    this.#now += milliseconds;
  }
}
