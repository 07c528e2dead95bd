import { Notification } from 'electron';
import type { BrowserWindow } from 'electron';
import type { ComposeOptions } from '#electron/server/composition.ts';

/** Tells the person by the desktop's own notification, also while the window is put away; a click brings it forward. */
export const notifyPerson =
  (window: () => BrowserWindow | undefined): NonNullable<ComposeOptions['notify']> =>
  ({ title, sentence }) => {
    if (!Notification.isSupported()) return;
    const notification = new Notification({ title, body: sentence, urgency: 'critical' });
    notification.on('click', () => {
      const shown = window();
      if (shown === undefined || shown.isDestroyed()) return;
      if (shown.isMinimized()) shown.restore();
      shown.focus();
    });
    notification.show();
  };
