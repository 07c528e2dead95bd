import type { Place } from './screen-store.ts';

const fragment = '#assessment';

/** Notes in the address where a page that main loads anew is to begin. */
export function markPlace(place: Place): void {
  const bare = location.pathname + location.search;
  history.replaceState(null, '', place === 'assessment' ? bare + fragment : bare);
}

/** Where a page that was loaded anew begins. Asked once: a later loading begins at the tabs again. */
export function takeMarkedPlace(): Place {
  if (location.hash !== fragment) return 'tabs';
  markPlace('tabs');
  return 'assessment';
}
