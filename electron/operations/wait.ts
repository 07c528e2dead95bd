import { setTimeout as sleep } from 'node:timers/promises';

/** Asks until the answer is yes or `limit` milliseconds are over; asks at least once. */
export async function waitUntil(limit: number, ask: () => Promise<boolean>, pause = 200): Promise<boolean> {
  const end = performance.now() + limit;
  for (;;) {
    if (await ask()) return true;
    if (performance.now() >= end) return false;
    await sleep(pause);
  }
}
