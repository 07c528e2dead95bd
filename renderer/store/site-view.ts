import type { Failure } from '#shared/errors.ts';
import type { Snapshot } from '#shared/snapshot.ts';

/** What the window knows of the site: nothing yet, main's snapshot, or why there is none. */
export type SiteView =
  | { readonly state: 'waiting' }
  | { readonly state: 'shown'; readonly snapshot: Snapshot }
  | { readonly state: 'failed'; readonly failure: Failure };

/** Mirrors main's newest snapshot: one that was overtaken on its way is ignored. */
export function newerView(view: SiteView, snapshot: Snapshot): SiteView {
  if (view.state === 'shown' && snapshot.sequence <= view.snapshot.sequence) return view;
  return { state: 'shown', snapshot };
}
