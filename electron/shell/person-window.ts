import { randomUUID } from 'node:crypto';
import { BrowserWindow, clipboard, session } from 'electron';
import { succeed } from '#shared/result.ts';
import { nobodyToAsk } from '#electron/machine/person-to-ask.ts';
import type { HandOver, PersonToAsk } from '#electron/machine/person-to-ask.ts';
import { handOverPage } from './hand-over-page.ts';
import { appScheme, startAddress } from './own-origin.ts';
import { guardSession } from './policy.ts';
import { text } from './text.ts';

const address = `${startAddress}hand-over`;
const doneAddress = `${address}/done`;
const cancelAddress = `${address}/cancel`;

/**
 * Hands a password over in a window of main's own, which the page cannot see: excluded from capture, in a session that
 * lives in memory, shown for as long as it is needed. Mortise puts nothing into the clipboard, whose history Windows and
 * remote desktops keep; what a person copied there is taken out when the window closes. Escape and closing cancel.
 */
export const personWindow = (parent: () => BrowserWindow | undefined): PersonToAsk => ({
  handOver: async (task) => {
    const window = parent();
    if (window === undefined || window.isDestroyed()) return await nobodyToAsk.handOver(task);
    try {
      return succeed(await answerOf(window, task));
    } finally {
      if ((await clipboard.readText()).trim() === task.secret.reveal()) clipboard.clear();
    }
  },
});

type Answer = 'done' | 'cancelled';

async function answerOf(parent: BrowserWindow, { login, place, instructions, secret }: HandOver): Promise<Answer> {
  const words = text.handOver;
  const own = session.fromPartition(`hand-over-${randomUUID()}`);
  guardSession(own, false);
  own.protocol.handle(appScheme, (request) =>
    request.url === address
      ? new Response(
          handOverPage({
            title: words.title(login, place),
            instructions,
            password: secret.reveal(),
            hint: words.hint,
            done: { words: words.done, address: doneAddress },
            cancel: { words: text.cancel, address: cancelAddress },
          }),
          { headers: { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' } },
        )
      : new Response('', { status: 404 }),
  );
  const shown = new BrowserWindow({
    parent,
    modal: true,
    title: words.title(login, place),
    width: 720,
    height: 460,
    minimizable: false,
    autoHideMenuBar: true,
    webPreferences: {
      session: own,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
      disableDialogs: true,
      devTools: false,
    },
  });
  shown.setContentProtection(true);
  shown.removeMenu();
  return await new Promise<Answer>((resolve) => {
    let answer: Answer = 'cancelled';
    shown.webContents.on('will-navigate', (event) => {
      event.preventDefault();
      if (event.url === doneAddress) answer = 'done';
      shown.destroy();
    });
    shown.webContents.on('before-input-event', (_event, { key }) => {
      if (key === 'Escape') shown.destroy();
    });
    shown.once('closed', () => {
      // A session lives as long as the program, and its page with the password would too.
      own.protocol.unhandle(appScheme);
      resolve(answer);
    });
    shown.loadURL(address).catch(() => shown.destroy());
  });
}
