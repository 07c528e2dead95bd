import path from 'node:path';
import { app, dialog } from 'electron';
import type { BrowserWindow } from 'electron';
import { succeed } from '#shared/result.ts';
import type { DocumentSaver } from '#electron/machine/consent.ts';
import { writeDocument } from '#electron/server/document-file.ts';
import { text } from './text.ts';

/** Lets the person choose the place in the system's own dialog; the page learns the path only after it was chosen. */
export const saveDialog = (parent: () => BrowserWindow | undefined): DocumentSaver => ({
  save: async ({ suggestedName, content }) => {
    const window = parent();
    if (window === undefined || window.isDestroyed()) return succeed(null);
    const { canceled, filePath } = await dialog.showSaveDialog(window, {
      title: text.saveTitle,
      // A name from outside never chooses the folder.
      defaultPath: path.join(app.getPath('documents'), path.basename(suggestedName)),
      properties: ['showOverwriteConfirmation', 'createDirectory'],
    });
    return canceled || filePath === '' ? succeed(null) : writeDocument(filePath, content);
  },
});
