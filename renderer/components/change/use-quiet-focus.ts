import { useEffect, useRef } from 'react';
import type { RefObject } from 'react';
import type { ChangePhase } from '../../store/change-flow.ts';

/** Marks the button that changes nothing: Cancel, Close, Put away. */
export const quiet = { 'data-quiet': true } as const;

/**
 * Puts the focus on the button that changes nothing whenever a new phase begins, so that Enter never applies a plan
 * nobody chose to apply. While something is asked, the first field has it.
 */
export function useQuietFocus(phase: ChangePhase['name']): RefObject<HTMLDivElement | null> {
  const actions = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (phase === 'asking') return;
    // After the dialog's own choice of the first control, when both come at once.
    const timer = setTimeout(() => actions.current?.querySelector<HTMLElement>('[data-quiet]')?.focus(), 0);
    return () => clearTimeout(timer);
  }, [phase]);
  return actions;
}
