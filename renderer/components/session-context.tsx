import { createContext, useContext } from 'react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import type { Snapshot } from '#shared/snapshot.ts';
import type { ScreenState } from '../store/screen-store.ts';
import type { Session } from '../store/session.ts';
import type { Text } from '../text/text.ts';

interface Around {
  readonly session: Session;
  readonly text: Text;
}

const AroundContext = createContext<Around | null>(null);

/** Hands the connection to main and the language to every part of the screen. */
export function SessionProvider({ session, text, children }: Around & { readonly children: ReactNode }) {
  return <AroundContext value={{ session, text }}>{children}</AroundContext>;
}

function useAround(): Around {
  const around = useContext(AroundContext);
  if (!around) throw new Error('A part of the screen stands outside the SessionProvider.');
  return around;
}

export const useSession = (): Session => useAround().session;

export const useText = (): Text => useAround().text;

/** Selects from what the window holds. The selector must answer a part of it, not something new each time. */
export function useScreen<T>(select: (state: ScreenState) => T): T {
  return useStore(useAround().session.store, select);
}

const SnapshotContext = createContext<Snapshot | null>(null);

export const SnapshotProvider = SnapshotContext.Provider;

/** Main's newest snapshot; the parts that use it are drawn only once there is one. */
export function useSnapshot(): Snapshot {
  const snapshot = useContext(SnapshotContext);
  if (!snapshot) throw new Error('A part of the screen that needs a snapshot was drawn without one.');
  return snapshot;
}
