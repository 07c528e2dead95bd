import { useState } from 'react';
import { useSession } from '../../components/session-context.tsx';
import { notAsked } from '../../store/asked.ts';
import type { Asked } from '../../store/asked.ts';
import { openSite } from '../../store/library.ts';
import type { Place } from '../../store/screen-store.ts';

/** Opening another site: on its way, or why it could not. Once it is open, this part of the screen is gone. */
export function useOpening(place: Place = 'tabs'): {
  readonly opening: Asked<never>;
  readonly open: (id: string | null) => void;
} {
  const session = useSession();
  const [opening, setOpening] = useState<Asked<never>>(notAsked);
  const begin = async (id: string | null) => {
    setOpening({ state: 'asking' });
    const answer = await openSite(session, id, place);
    if (!answer.ok) setOpening({ state: 'failed', failure: answer.error });
  };
  const open = (id: string | null) => void begin(id);
  return { opening, open };
}
