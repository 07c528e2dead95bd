import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname, isAbsolute, resolve } from 'node:path';
import { NodeFile } from '#electron/log/node-file.ts';
import { fileErrorCode } from '#electron/machine/file-failure.ts';
import { replaceContent } from './replace-content.ts';

/** A file of somebody else's, open for a change that leaves everything but its content as it is. */
export interface FileInPlace {
  readonly content: Uint8Array;
  /** Replaces the content on the same file, so that owner, rights, links and streams stay, and reads it back. */
  replace(content: Uint8Array): Promise<void>;
}

/** Why a file is not touched, in words that end a sentence. */
export class NotTouched extends Error {}

const longestFile = 4 * 1024 * 1024;

function sameFolder(a: string, b: string): boolean {
  return process.platform === 'win32' ? a.toLowerCase() === b.toLowerCase() : a === b;
}

async function requirePlainPath(path: string): Promise<void> {
  if (!isAbsolute(path)) throw new NotTouched('its path is not absolute');
  if (/^[\\/]{2}/.test(path)) throw new NotTouched('it lies on another machine');
  const folder = dirname(resolve(path));
  if (!sameFolder(await realpath(folder), folder)) throw new NotTouched('a folder on its way is a symbolic link');
}

async function requireTextFile(handle: FileHandle): Promise<void> {
  const stats = await handle.stat();
  if (!stats.isFile()) throw new NotTouched('it is not a file');
  if (stats.size > longestFile) throw new NotTouched('it is too long for a configuration file');
}

/**
 * Opens a text file for reading and writing, never through a symbolic link, and hands it over. Blanks at its end must
 * mean nothing. Throws `NotTouched`, or the file system's error.
 */
export async function withFileInPlace<T>(path: string, work: (file: FileInPlace) => Promise<T>): Promise<T> {
  await requirePlainPath(path);
  const handle = await openPlain(path);
  const file = new NodeFile(handle);
  try {
    await requireTextFile(handle);
    const content = await file.read(0, await file.size());
    return await work({
      content,
      replace: async (next) => {
        await replaceContent(file, content, next);
        const readBack = Buffer.from(await file.read(0, await file.size()));
        if (!readBack.equals(next)) throw new NotTouched('it does not hold what was written');
      },
    });
  } finally {
    await file.close();
  }
}

async function openPlain(path: string): Promise<FileHandle> {
  try {
    if (constants.O_NOFOLLOW === undefined && !sameFolder(await realpath(path), resolve(path))) {
      throw new NotTouched('it is a symbolic link');
    }
    return await open(path, constants.O_RDWR | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    if (fileErrorCode(error) === 'ELOOP') throw new NotTouched('it is a symbolic link');
    throw error;
  }
}
