import { dialog } from 'electron';
import type { BrowserWindow } from 'electron';
import type { Consent } from '#electron/machine/consent.ts';
import { text } from './text.ts';

/** Asks in a native dialog over the window, which a script in the page cannot answer. Escape and Enter both cancel. */
export const consentDialog = (parent: () => BrowserWindow | undefined): Consent => ({
  ask: async ({ title, sentence, confirm }) => {
    const window = parent();
    // Without a window nobody can be asked, and nobody asked is no.
    if (window === undefined || window.isDestroyed()) return false;
    const cancel = 0;
    const { response } = await dialog.showMessageBox(window, {
      type: 'warning',
      title: text.product,
      message: title,
      detail: sentence,
      buttons: [text.cancel, confirm],
      defaultId: cancel,
      cancelId: cancel,
      noLink: true,
    });
    return response !== cancel;
  },
});
