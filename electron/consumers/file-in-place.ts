import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname, isAbsolute, resolve } from 'node:path';
import { fileErrorCode } from '#electron/machine/file-failure.ts';

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

async function readWhole(file: FileHandle): Promise<Uint8Array> {
  const stats = await file.stat();
  if (!stats.isFile()) throw new NotTouched('it is not a file');
  if (stats.size > longestFile) throw new NotTouched('it is too long for a configuration file');
  const bytes = Buffer.alloc(stats.size);
  let filled = 0;
  while (filled < bytes.length) {
    const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}

async function writeAt(file: FileHandle, bytes: Uint8Array, offset: number): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    written += (await file.write(bytes, written, bytes.length - written, offset + written)).bytesWritten;
  }
}

function padded(bytes: Uint8Array, length: number, blank: Uint8Array): Uint8Array {
  if (bytes.length >= length) return bytes;
  return Buffer.concat([bytes, Buffer.alloc(length - bytes.length, blank)]);
}

/**
 * The length changes apart from the content, with blanks at the end in between: a disk that is full shows before
 * anything is overwritten, and a process that is ended leaves the old text or the new one, with blanks behind it.
 * The change itself is one write. (A power cut in the middle of a write over a page boundary can leave a mixture.)
 */
async function replaceContent(
  file: FileHandle,
  old: Uint8Array,
  content: Uint8Array,
  blank: Uint8Array,
): Promise<void> {
  const common = old.findIndex((byte, index) => byte !== content[index]);
  const from = common === -1 ? old.length : common;
  if (content.length > old.length) {
    try {
      await writeAt(file, Buffer.alloc(content.length - old.length, blank), old.length);
      await file.sync();
    } catch (error) {
      await file.truncate(old.length);
      throw error;
    }
  }
  await writeAt(file, padded(content, old.length, blank).subarray(from), from);
  await file.sync();
  if (content.length < old.length) {
    await file.truncate(content.length);
    await file.sync();
  }
}

/**
 * Opens a text file for reading and writing, never through a symbolic link, and hands it over. Blanks at its end must
 * mean nothing. Throws `NotTouched`, or the file system's error.
 */
export async function withFileInPlace<T>(path: string, work: (file: FileInPlace) => Promise<T>): Promise<T> {
  await requirePlainPath(path);
  const file = await openPlain(path);
  try {
    const content = await readWhole(file);
    const blank = Buffer.from(content[0] === 0xff ? [0x20, 0x00] : [0x20]);
    return await work({
      content,
      replace: async (next) => {
        await replaceContent(file, content, next, blank);
        if (!Buffer.from(await readWhole(file)).equals(next)) throw new NotTouched('it does not hold what was written');
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
