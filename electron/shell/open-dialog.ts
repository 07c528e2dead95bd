import { dialog } from 'electron';
import type { BrowserWindow } from 'electron';
import { succeed } from '#shared/result.ts';
import { largestProfile } from '#shared/vocabulary.ts';
import type { FileChooser } from '#electron/machine/consent.ts';
import { readNamedFile } from '#electron/machine/trusted-file.ts';
import { text } from './text.ts';

const titles = { kit: text.openKitTitle, profile: text.openTitle, probe: text.openProbeTitle } as const;

const filters = {
  kit: [{ name: text.kits, extensions: ['age'] }],
  profile: [{ name: text.profiles, extensions: ['json'] }],
  probe: [{ name: text.probes, extensions: ['txt'] }],
};

/** Lets the person choose a file in the system's own dialog; the page never names a path. */
export const openDialog = (parent: () => BrowserWindow | undefined): FileChooser => ({
  choose: async (what) => {
    const window = parent();
    if (window === undefined || window.isDestroyed()) return succeed(null);
    const { canceled, filePaths } = await dialog.showOpenDialog(window, {
      title: titles[what],
      properties: ['openFile'],
      filters: [...filters[what], { name: text.allFiles, extensions: ['*'] }],
    });
    const [path] = filePaths;
    if (canceled || path === undefined) return succeed(null);
    const bytes = await readNamedFile(path, largestProfile);
    return bytes.ok ? succeed({ path, bytes: bytes.value }) : bytes;
  },
});
