import { lstat, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileErrorCode } from './file-failure.ts';

/**
 * Makes a folder, for this account only, with the parents that are missing. Answers the first that was made, undefined
 * where all were there; throws what the system says. One at a time: where a parent is there but refuses every entry
 * with ENOENT (`/proc` does), Node's own recursive `mkdir` tries forever, on a thread that nothing can stop.
 */
export async function createFolder(path: string): Promise<string | undefined> {
  try {
    await mkdir(path, { mode: 0o700 });
    return path;
  } catch (error) {
    const code = fileErrorCode(error);
    if (code === 'EEXIST' && (await lstat(path)).isDirectory()) return undefined;
    const parent = dirname(path);
    if (code !== 'ENOENT' || parent === path) throw error;
    const first = await createFolder(parent);
    // The parent is there now, or was: what is refused this time is refused.
    await mkdir(path, { mode: 0o700 });
    return first ?? path;
  }
}
