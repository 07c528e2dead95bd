import { setTimeout as pause } from 'node:timers/promises';

/** Time as an adapter waits in it, in milliseconds from some beginning; it never goes back. Tests bring their own. */
export interface Waiting {
  now(): number;
  pause(milliseconds: number): Promise<void>;
}

export const realWaiting: Waiting = {
  now: () => performance.now(),
  pause: (milliseconds) => pause(milliseconds),
};

/** How long a look at a service is apart from the next one. */
const betweenLooks = 100;

/** Looks until there is something to see; undefined when there was nothing until `deadline`. Looks at least once. */
export async function lookUntil<T>(
  waiting: Waiting,
  deadline: number,
  look: () => Promise<T | undefined>,
): Promise<T | undefined> {
  for (;;) {
    const seen = await look();
    if (seen !== undefined) return seen;
    const left = deadline - waiting.now();
    if (left <= 0) return undefined;
    await waiting.pause(Math.min(betweenLooks, left));
  }
}

/** What a call answers, or undefined when it is not back at `deadline`: it goes on, but nobody waits for it. */
export async function answerUntil<T>(waiting: Waiting, deadline: number, call: Promise<T>): Promise<T | undefined> {
  // Whoever gave up on it must not be ended by its failing later.
  call.catch(() => undefined);
  return await Promise.race([call, waiting.pause(Math.max(0, deadline - waiting.now())).then(() => undefined)]);
}
