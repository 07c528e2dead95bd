import { app } from 'electron';
import type { BrowserWindow } from 'electron';
import type { ComposeOptions } from '#electron/server/composition.ts';
import type { WindowOptions } from './command-line.ts';
import { consentDialog } from './consent-dialog.ts';
import { notifyPerson } from './notify.ts';
import { openDialog } from './open-dialog.ts';
import { packagedPrograms } from './packaged-programs.ts';
import { personWindow } from './person-window.ts';
import { saveDialog } from './save-dialog.ts';

/** What the window lends to the composition root. */
export function composeOptions(
  { stateFolder, trainingOnly, trainingPort, controllers, siteId, profilePath }: WindowOptions,
  window: () => BrowserWindow | undefined,
  log: (line: string) => void,
): ComposeOptions & { readonly log: (line: string) => void } {
  return {
    consent: consentDialog(window),
    saver: saveDialog(window),
    chooser: openDialog(window),
    person: personWindow(window),
    notify: notifyPerson(window),
    log,
    trainingOnly,
    ...(stateFolder === undefined ? {} : { stateFolder }),
    ...(siteId === undefined ? {} : { siteId }),
    ...(profilePath === undefined ? {} : { profilePath }),
    training: {
      ...(app.isPackaged ? { launchers: packagedPrograms(process.execPath) } : {}),
      ...(trainingPort === undefined ? {} : { port: trainingPort }),
      ...(controllers === undefined ? {} : { controllers }),
    },
  };
}
