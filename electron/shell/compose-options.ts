import type { BrowserWindow } from 'electron';
import type { ComposeOptions } from '#electron/server/composition.ts';
import type { WindowOptions } from './command-line.ts';
import { consentDialog } from './consent-dialog.ts';
import { saveDialog } from './save-dialog.ts';

/** What the window lends to the composition root. */
export function composeOptions(
  { stateFolder, trainingOnly, trainingPort, controllers }: WindowOptions,
  window: () => BrowserWindow | undefined,
  log: (line: string) => void,
): ComposeOptions & { readonly log: (line: string) => void } {
  return {
    consent: consentDialog(window),
    saver: saveDialog(window),
    log,
    trainingOnly,
    ...(stateFolder === undefined ? {} : { stateFolder }),
    training: {
      ...(trainingPort === undefined ? {} : { port: trainingPort }),
      ...(controllers === undefined ? {} : { controllers }),
    },
  };
}
