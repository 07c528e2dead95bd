import { useEffect } from 'react';
import { useSession } from '../components/session-context.tsx';
import { isInDialog } from '../store/change-flow.ts';
import { tabNames } from '../store/screen-store.ts';
import { refresh } from '../store/session.ts';

/** Ctrl+1 to Ctrl+3 go to the tabs, F5 reads the site again. Not while a dialog is open: it has the keyboard. */
export function useShortcuts(): void {
  const session = useSession();
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const { change, view, place } = session.store.getState();
      if (view.state !== 'shown' || isInDialog(change) || place === 'assistant') return;
      const tab = event.ctrlKey && !event.altKey && !event.shiftKey ? tabNames[Number(event.key) - 1] : undefined;
      if (tab) {
        event.preventDefault();
        session.store.setState({ place: 'tabs', tab });
      } else if (event.key === 'F5' && !event.ctrlKey) {
        event.preventDefault();
        void refresh(session);
      }
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [session]);
}
