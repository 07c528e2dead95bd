import { existsSync } from 'node:fs';
import path from 'node:path';
import { failure } from '#shared/errors.ts';
import { failed } from '#shared/result.ts';
import type { DocumentSaver } from '#electron/machine/consent.ts';
import { createFolder } from '#electron/machine/create-folder.ts';
import { writeDocument } from '#electron/server/document-file.ts';
import { text } from './text.ts';

/** The first name that is free: `summary.html`, then `summary-2.html`. */
function freePath(folder: string, name: string): string {
  const { name: stem, ext } = path.parse(path.basename(name));
  for (let number = 1; ; number += 1) {
    const candidate = path.join(folder, number === 1 ? `${stem}${ext}` : `${stem}-${number}${ext}`);
    if (!existsSync(candidate)) return candidate;
  }
}

/** Saves documents into a folder of their own, because a browser's page cannot be asked for a path. */
export const folderSaver = (folder: string, log: (line: string) => void): DocumentSaver => ({
  save: async ({ suggestedName, content }) => {
    try {
      await createFolder(folder);
    } catch (error) {
      const cause = (error as NodeJS.ErrnoException).code ?? 'the folder cannot be made';
      return failed(failure('file-not-saved', { path: folder, cause }));
    }
    const saved = await writeDocument(freePath(folder, suggestedName), content);
    if (saved.ok) log(text.saved(saved.value));
    return saved;
  },
});
