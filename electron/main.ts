import path from 'node:path';
import { app, session } from 'electron';
import type { BrowserWindow } from 'electron';
import { failure } from '#shared/errors.ts';
import { openLogFile } from './server/log-file.ts';
import { openPageFiles } from './server/page/page-files.ts';
import { declareAppScheme, serveApp } from './shell/app-protocol.ts';
import { askBeforeClosing } from './shell/close.ts';
import { contradicts, readCommandLine } from './shell/command-line.ts';
import type { WindowOptions } from './shell/command-line.ts';
import { composeOptions } from './shell/compose-options.ts';
import { reloadAfterCrash } from './shell/crash.ts';
import { setMenu } from './shell/menu.ts';
import { foreignNativeModuleOf } from './shell/native-modules.ts';
import { openSite } from './shell/open-site.ts';
import { startAddress } from './shell/own-origin.ts';
import { guardAllContents, guardSession } from './shell/policy.ts';
import { refuseToStart, runsAsRoot } from './shell/refuse-to-start.ts';
import { claimSingleInstance } from './shell/single-instance.ts';
import { text } from './shell/text.ts';
import { bringToFront, createWindow, show } from './shell/window.ts';

/** What may run, and as whom. */
function readOptions(): WindowOptions {
  if (app.isPackaged && runsAsRoot()) refuseToStart(text.refused.root);
  const foreign = app.isPackaged ? foreignNativeModuleOf(import.meta.dirname, process.resourcesPath) : undefined;
  if (foreign !== undefined) refuseToStart(text.refused.nativeModule(foreign));
  const commandLine = readCommandLine(process.argv.slice(1), app.isPackaged);
  if (!commandLine.understood) refuseToStart(text.refused.argument(commandLine.refused));
  if (contradicts(commandLine.options)) refuseToStart(text.refused.contradiction);
  return commandLine.options;
}

/** One window a profile: a second start brings the first one to the front. */
function claimProfile(options: WindowOptions, window: () => BrowserWindow | undefined): void {
  if (options.stateFolder !== undefined) app.setPath('userData', path.join(options.stateFolder, 'window'));
  const first = claimSingleInstance(app, () => {
    const open = window();
    if (open !== undefined) bringToFront(open);
  });
  if (!first) refuseToStart(failure('second-instance').sentence);
}

/** The door, the window, and the site behind it. */
function openWindow(options: WindowOptions): BrowserWindow {
  const log = openLogFile(app.getPath('logs'));
  guardSession(session.defaultSession, !app.isPackaged);
  const protocol = serveApp(openPageFiles(path.join(import.meta.dirname, '../renderer')));

  const window = createWindow(import.meta.dirname);
  setMenu(() => window);
  reloadAfterCrash(window, log);
  const site = openSite(
    window,
    protocol,
    composeOptions(options, () => window, log),
  );
  askBeforeClosing(window, site);
  show(window, startAddress, log);
  return window;
}

let window: BrowserWindow | undefined;
const options = readOptions();
claimProfile(options, () => window);
declareAppScheme();
guardAllContents(app);
app.on('window-all-closed', () => {
  app.quit();
});

// Not awaited at the top: Electron becomes ready only after this module has run to its end.
async function openWhenReady(): Promise<void> {
  await app.whenReady();
  window = openWindow(options);
}
void openWhenReady();
