import { clipboard, dialog } from 'electron';
import type { BrowserWindow } from 'electron';
import { succeed } from '#shared/result.ts';
import { nobodyToAsk } from '#electron/machine/person-to-ask.ts';
import type { PersonToAsk } from '#electron/machine/person-to-ask.ts';
import { text } from './text.ts';

const buttons = [text.cancel, text.handOver.copy, text.handOver.done] as const;
const [cancel, copy, done] = [0, 1, 2] as const;

/**
 * Hands a password over in a native dialog over the window, which the page cannot see. It reaches the clipboard only
 * when the person asks for it, and is taken out of it afterwards, unless something else was copied meanwhile. Escape and
 * Enter both cancel.
 */
export const personDialog = (parent: () => BrowserWindow | undefined): PersonToAsk => ({
  handOver: async (task) => {
    const window = parent();
    if (window === undefined || window.isDestroyed()) return await nobodyToAsk.handOver(task);
    const { place, instructions, login, secret } = task;
    try {
      for (;;) {
        const { response } = await dialog.showMessageBox(window, {
          type: 'info',
          title: text.product,
          message: text.handOver.title(login, place),
          detail: text.handOver.detail(instructions),
          buttons: [...buttons],
          defaultId: cancel,
          cancelId: cancel,
          noLink: true,
        });
        if (response === done) return succeed('done');
        if (response !== copy) return succeed('cancelled');
        await clipboard.writeText(secret.reveal());
      }
    } finally {
      if ((await clipboard.readText()) === secret.reveal()) clipboard.clear();
    }
  },
});
