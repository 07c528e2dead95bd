import { dialog } from 'electron';
import type { BrowserWindow } from 'electron';
import { text } from './text.ts';

export interface Closing {
  readonly isBusy: () => boolean;
  /** Comes back when the running operation has reached its next safe point and everything is put away. */
  readonly close: () => Promise<void>;
}

/**
 * Closing the window while an operation runs asks first. After a yes, and always when nothing runs, the site is put
 * away before the window goes: the operation ends at its next safe point.
 */
export function askBeforeClosing(window: BrowserWindow, site: () => Closing | undefined): void {
  let stage: 'open' | 'asking' | 'closing' = 'open';

  const confirmed = async (): Promise<boolean> => {
    const keepOpen = 0;
    const { response } = await dialog.showMessageBox(window, {
      type: 'question',
      title: text.product,
      message: text.close.title,
      detail: text.close.detail,
      buttons: [text.close.keepOpen, text.close.stopAndClose],
      defaultId: keepOpen,
      cancelId: keepOpen,
      noLink: true,
    });
    return response !== keepOpen;
  };

  const leave = async (open: Closing): Promise<void> => {
    stage = 'asking';
    if (open.isBusy() && !(await confirmed())) {
      stage = 'open';
      return;
    }
    stage = 'closing';
    try {
      await open.close();
    } finally {
      window.destroy();
    }
  };

  window.on('close', (event) => {
    const open = site();
    if (open === undefined) return;
    event.preventDefault();
    if (stage === 'open') void leave(open);
  });
}
