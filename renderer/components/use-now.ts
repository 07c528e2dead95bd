import { useSyncExternalStore } from 'react';

const every = 20_000;
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

function subscribe(changed: () => void): () => void {
  listeners.add(changed);
  now = Date.now();
  timer ??= setInterval(() => {
    now = Date.now();
    for (const listener of listeners) listener();
  }, every);
  return () => {
    listeners.delete(changed);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The time, for "3 minutes ago": one clock for all parts of the screen, exact to 20 seconds. */
export function useNow(): Date {
  return new Date(useSyncExternalStore(subscribe, () => now));
}
