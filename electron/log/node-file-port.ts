import { constants } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileErrorCode } from '#electron/machine/file-failure.ts';
import { flushFolder } from '#electron/machine/flush-folder.ts';
import type { FilePort, LogFile } from './file-port.ts';

/** Windows has no such flag; there a link in the folder is the state folder's check to find. */
const noFollow = constants.O_NOFOLLOW ?? 0;

class OpenFile implements LogFile {
  readonly #handle: FileHandle;

  constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  async size(): Promise<number> {
    return (await this.#handle.stat()).size;
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    const bytes = Buffer.alloc(length);
    let filled = 0;
    while (filled < length) {
      const { bytesRead } = await this.#handle.read(bytes, filled, length - filled, offset + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return bytes.subarray(0, filled);
  }

  async write(offset: number, bytes: Uint8Array): Promise<void> {
    let written = 0;
    while (written < bytes.length) {
      const { bytesWritten } = await this.#handle.write(bytes, written, bytes.length - written, offset + written);
      written += bytesWritten;
    }
  }

  async flush(): Promise<void> {
    // Includes the length of the file, which is needed to read the bytes back (POSIX fdatasync).
    await this.#handle.datasync();
  }

  async truncate(size: number): Promise<void> {
    await this.#handle.truncate(size);
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}

async function openOrCreate(path: string): Promise<FileHandle> {
  try {
    return await open(path, constants.O_RDWR | noFollow);
  } catch (error) {
    if (fileErrorCode(error) !== 'ENOENT') throw error;
  }
  const handle = await open(path, constants.O_RDWR | constants.O_CREAT | noFollow, 0o600);
  await flushFolder(dirname(path));
  return handle;
}

/** Files of this machine. A symbolic link in place of the file is refused (ELOOP) where the system can tell. */
export const nodeFilePort: FilePort = {
  async open(path, purpose = 'write') {
    return new OpenFile(
      purpose === 'write' ? await openOrCreate(path) : await open(path, constants.O_RDONLY | noFollow),
    );
  },
  async list(folder) {
    try {
      return await readdir(folder);
    } catch (error) {
      if (fileErrorCode(error) === 'ENOENT') return [];
      throw error;
    }
  },
};
