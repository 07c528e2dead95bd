import type { BrowserWindow } from 'electron';

const mostReloads = 3;
const withinMilliseconds = 60_000;

/**
 * Loads the page again when its process is gone. The operation in main went on meanwhile and the snapshot brings the
 * screen back to it. A page that dies at once every time is left alone after the third reload in a minute.
 */
export function reloadAfterCrash(window: BrowserWindow, log: (line: string) => void): void {
  const reloads: number[] = [];
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    log(`the window's page is gone: ${reason} (${exitCode})`);
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    const now = Date.now();
    const recent = reloads.filter((at) => now - at < withinMilliseconds);
    if (recent.length >= mostReloads) return;
    reloads.splice(0, reloads.length, ...recent, now);
    window.webContents.reload();
  });
}
