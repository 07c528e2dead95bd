import { lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import { largestProfile } from '#shared/vocabulary.ts';
import { fileErrorCode, fileFailure } from '#electron/machine/file-failure.ts';
import { flushFolder } from '#electron/machine/flush-folder.ts';
import { openStateFolder } from '#electron/machine/state-folder.ts';
import { readTrustedFile } from '#electron/machine/trusted-file.ts';
import { writeFileDurably } from '#electron/machine/write-file-durably.ts';

/** The few operations on files that the library of sites is made of. Names are those of files in its folder. */
export interface SiteFiles {
  readonly folder: string;
  /** Names in the folder, in no order; a folder that is not there has none. */
  list(): Promise<Result<readonly string[]>>;
  /** Undefined where there is none. At most one byte more than a profile may have. A file that others can write is `file-unsafe`. */
  read(name: string): Promise<Result<Uint8Array | undefined>>;
  /** Whole or not at all, on the disk when this answers, for this account only. */
  write(name: string, content: string): Promise<Result<undefined>>;
  remove(name: string): Promise<Result<undefined>>;
}

/** Files in a folder of this machine, which is made when the first one is written. Nobody else may be able to write it. */
export function siteFilesIn(folder: string): SiteFiles {
  const pathOf = (name: string) => join(folder, name);
  return {
    folder,
    list: async () => {
      try {
        const names = await readdir(folder);
        const safe = await openStateFolder(folder, { create: false });
        return safe.ok ? succeed(names) : safe;
      } catch (error) {
        return fileErrorCode(error) === 'ENOENT' ? succeed([]) : failed(fileFailure(folder, error));
      }
    },
    read: async (name) => {
      try {
        // Not followed: a link whose target is missing is no missing file.
        await lstat(pathOf(name));
      } catch (error) {
        return fileErrorCode(error) === 'ENOENT' ? succeed(undefined) : failed(fileFailure(pathOf(name), error));
      }
      return await readTrustedFile(pathOf(name), { mostBytes: largestProfile });
    },
    write: async (name, content) => {
      const ready = await openStateFolder(folder, { create: true });
      return ready.ok ? await writeFileDurably(pathOf(name), content) : ready;
    },
    remove: async (name) => {
      try {
        await rm(pathOf(name), { force: true });
        await flushFolder(folder);
        return succeed();
      } catch (error) {
        return failed(fileFailure(pathOf(name), error));
      }
    },
  };
}
