import type { SiteEntry } from '#shared/sites.ts';
import type { Assistant } from './assistant-state.ts';
import { withAssistant } from './assistant.ts';
import { readLibrary } from './library.ts';
import type { Session } from './session.ts';

/** The site of the library that was just kept: the edited one, else the one with this profile, or of this name. */
function keptSite(entries: readonly SiteEntry[], { id, draft, checked }: Assistant): SiteEntry | undefined {
  if (id !== null) return entries.find((entry) => entry.id === id);
  const kept = checked.state === 'answered' ? JSON.stringify(checked.value.profile) : null;
  const same = entries.find(({ profile }) => JSON.stringify(profile) === kept);
  if (same !== undefined) return same;
  return entries.findLast(({ profile }) => profile?.name === draft.name.trim());
}

/** The plan dialog has kept the profile: reads the library, which knows under which name. */
export async function noticeKept(session: Session): Promise<void> {
  withAssistant(session, () => ({ saved: true }));
  await readLibrary(session);
  const { library } = session.store.getState();
  if (library.state !== 'answered') return;
  withAssistant(session, (now) => ({ keptAs: keptSite(library.value, now)?.id ?? null }));
}
