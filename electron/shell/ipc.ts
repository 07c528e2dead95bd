import { ipcMain } from 'electron';
import type { BrowserWindow, IpcMainInvokeEvent, WebFrameMain } from 'electron';
import type { Result } from '#shared/result.ts';
import type { Server } from '#electron/server/server.ts';
import type { PushListener } from '#electron/server/handlers.ts';
import { callChannel, pushChannel } from './ipc-channels.ts';
import { isOwnAddress } from './own-origin.ts';

/** Who asks, as Electron tells it: null when the frame is already gone. */
export type FrameSender = WebFrameMain | null;

/** Trusts the main frame of this window while it shows our own page, and nobody else. */
export const trustsMainFrameOf =
  (window: BrowserWindow) =>
  (sender: FrameSender): boolean =>
    sender !== null &&
    !window.isDestroyed() &&
    sender === window.webContents.mainFrame &&
    sender.parent === null &&
    isOwnAddress(sender.url);

/** What the page sends; its parts are judged by the server. */
function partsOf(request: unknown): { readonly channel: unknown; readonly input: unknown } {
  if (typeof request !== 'object' || request === null) return { channel: undefined, input: undefined };
  const { channel, input } = request as { readonly channel?: unknown; readonly input?: unknown };
  return { channel, input };
}

/** Answers the page. Requests that come before the site is open wait for it; if it cannot be opened, they are told why. */
export function answerCalls(opened: () => Promise<Result<Server<FrameSender>>>): void {
  ipcMain.handle(callChannel, async (event: IpcMainInvokeEvent, request: unknown) => {
    const { channel, input } = partsOf(request);
    const server = await opened();
    return server.ok ? server.value.handle(channel, input, event.senderFrame) : server;
  });
}

/** Sends each push to the window's page, if it fits the contract and the page is ours. */
export const pushTo =
  (window: BrowserWindow, server: Server<FrameSender>): PushListener =>
  (name, value) => {
    if (window.isDestroyed() || !isOwnAddress(window.webContents.getURL())) return;
    const fitting = server.outgoing(name, value);
    if (fitting !== undefined) window.webContents.send(pushChannel, name, fitting);
  };
