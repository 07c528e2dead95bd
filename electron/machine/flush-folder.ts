import { open } from 'node:fs/promises';

/**
 * Puts a folder's own entries (a new or renamed file) on the disk. Windows cannot open a folder for this; there NTFS
 * journals the entry itself, and nothing here can wait for it.
 */
export async function flushFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
