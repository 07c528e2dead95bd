import type { Snapshot } from '#shared/snapshot.ts';
import type { SiteLibrary } from './site-library.ts';

/** How long what was seen may be out of date, in milliseconds. */
const interval = 60_000;

/**
 * Keeps what is seen of a site of the library, at most once a minute, and only what was really read. It is for people
 * who look at the library; that it cannot be written is nobody's trouble.
 */
export function keepSeen(
  library: SiteLibrary,
  id: string,
  now: () => Date = () => new Date(),
): (snapshot: Snapshot) => void {
  let last: { readonly at: number; readonly state: string } | undefined;
  let writing = Promise.resolve();
  return ({ commissioning, controllers, takenAt }) => {
    if (commissioning.state !== 'known' || controllers.state !== 'known') return;
    const { state } = commissioning.value;
    const at = now().getTime();
    // A switch is kept at once: whoever opens the library next wants to know it.
    if (last !== undefined && last.state === state && at >= last.at && at - last.at < interval) return;
    last = { at, state };
    const drift = 'drift' in commissioning.value ? commissioning.value.drift.length : 0;
    const seen = { at: takenAt, commissioning: state, controllers: controllers.value.total, drift };
    writing = writing.then(async () => await library.keepSeen(id, seen)).catch(() => undefined);
  };
}
