import { constants } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileErrorCode } from '#electron/machine/file-failure.ts';
import { flushFolder } from '#electron/machine/flush-folder.ts';
import type { FilePort } from './file-port.ts';
import { NodeFile } from './node-file.ts';

/** Windows has no such flag; there a link in the folder is the state folder's check to find. */
const noFollow = constants.O_NOFOLLOW ?? 0;

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
    return new NodeFile(
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
