import { useEffect, useLayoutEffect, useRef } from 'react';

/** Where the focus goes when the control it came from is gone or can no longer be used. */
export const fallbackFocus = 'content';

/** When `open` ends, gives the focus back to the control from which it was opened. */
export function useFocusReturn(open: boolean): void {
  const from = useRef<HTMLElement | null>(null);
  useLayoutEffect(() => {
    if (open && document.activeElement instanceof HTMLElement) from.current = document.activeElement;
  }, [open]);
  useEffect(() => {
    if (!open) return;
    return () => {
      // After the dialog has left the page and the page can be reached again.
      setTimeout(() => {
        const origin = from.current;
        if (origin?.isConnected) origin.focus();
        if (document.activeElement === null || document.activeElement === document.body) {
          document.getElementById(fallbackFocus)?.focus();
        }
      }, 0);
    };
  }, [open]);
}
