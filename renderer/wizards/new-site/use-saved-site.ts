import { useEffect } from 'react';
import { useScreen, useSession } from '../../components/session-context.tsx';
import { noticeKept } from '../../store/assistant-keeping.ts';

/** Notices that the plan dialog has kept the profile, and reads the library, which knows its name from then on. */
export function useSavedSite(): void {
  const session = useSession();
  const outcome = useScreen(({ change }) =>
    change?.phase.name === 'ended' && change.request.change === 'sites.save' ? change.phase.outcome : null,
  );
  useEffect(() => {
    if (outcome === null) return;
    void noticeKept(session);
  }, [session, outcome]);
}
