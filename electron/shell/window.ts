import path from 'node:path';
import { BrowserWindow, nativeTheme } from 'electron';
import { describeDefect } from '#electron/server/log-line.ts';
import { text } from './text.ts';

/** Fluent's background in light and dark, so that nothing flashes before the first paint. */
const backgrounds = { light: '#fafafa', dark: '#1f1f1f' } as const;

/** The one window. Its page is sandboxed and isolated; it is shown when there is something to see. */
export function createWindow(bundleFolder: string): BrowserWindow {
  const window = new BrowserWindow({
    title: text.product,
    width: 1100,
    height: 800,
    minWidth: 900,
    minHeight: 640,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? backgrounds.dark : backgrounds.light,
    webPreferences: {
      preload: path.join(bundleFolder, '../preload/preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      disableDialogs: true,
    },
  });
  window.once('ready-to-show', () => {
    window.show();
  });
  return window;
}

/** Brings the window to the front, also where it was minimised. */
export function bringToFront(window: BrowserWindow): void {
  if (window.isDestroyed()) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

/** Loads one of our own pages. A load that another one overtakes is no failure. */
export function show(window: BrowserWindow, address: string, log: (line: string) => void): void {
  window.loadURL(address).catch((error: unknown) => {
    log(`${address} was not loaded: ${describeDefect(error, [])}`);
  });
}
