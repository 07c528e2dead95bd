import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import { fileFailure } from './file-failure.ts';
import { flushFolder } from './flush-folder.ts';

/**
 * Replaces a file of Mortise's own whole: after a power cut it is the old one or the new one, never a part. The new
 * one is readable by this account only. `disk-full` or `state-folder-unusable` leave the old one as it was.
 */
export async function writeFileDurably(path: string, content: string | Uint8Array): Promise<Result<undefined>> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}.new`);
  try {
    const file = await open(temporary, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    await flushFolder(dirname(path));
    return succeed();
  } catch (error) {
    await rm(temporary, { force: true });
    return failed(fileFailure(path, error));
  }
}
