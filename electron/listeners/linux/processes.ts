import { readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileErrorCode } from '#electron/machine/file-failure.ts';
import { Unreadable } from '../source-reading.ts';

/** A process whose program has one of the names that were looked for. */
export interface FoundProcess {
  readonly id: string;
  /** The kernel's name of it, at most 15 characters. */
  readonly name: string;
  readonly folder: string;
}

/** A process that ended while it was looked at has nothing any more. */
const isOver = (error: unknown): boolean => ['ENOENT', 'ESRCH'].includes(fileErrorCode(error) ?? '');

/**
 * The processes of that name. Throws `Unreadable` where those of others are kept from this account (mount option hidepid),
 * so that nobody can say who runs, or the file system's error.
 */
export async function processesNamed(proc: string, names: readonly string[]): Promise<readonly FoundProcess[]> {
  const ids = (await readdir(proc)).filter((each) => /^\d+$/.test(each));
  // The first process of a machine is always there; where it is not shown, others are not either.
  if (!ids.includes('1')) throw new Unreadable('the processes of other accounts are hidden; start Mortise with sudo');
  const found = await Promise.all(
    ids.map(async (id) => {
      const folder = join(proc, id);
      try {
        const name = (await readFile(join(folder, 'comm'), 'utf8')).trimEnd();
        return names.includes(name) ? [{ id, name, folder }] : [];
      } catch (error) {
        if (isOver(error)) return [];
        throw error;
      }
    }),
  );
  return found.flat();
}

/** The inodes of the sockets that it holds; empty when it has ended. Throws where this account may not look. */
export async function socketsOf({ folder }: FoundProcess): Promise<ReadonlySet<string>> {
  const inodes = new Set<string>();
  try {
    for (const each of await readdir(join(folder, 'fd'))) {
      const target = await readlink(join(folder, 'fd', each)).catch((error: unknown) => {
        if (isOver(error)) return '';
        throw error;
      });
      const inode = /^socket:\[(\d+)\]$/.exec(target)?.[1];
      if (inode !== undefined) inodes.add(inode);
    }
  } catch (error) {
    if (!isOver(error)) throw error;
  }
  return inodes;
}

/** A file of its folder; empty when it has ended. */
export async function textOf({ folder }: FoundProcess, name: string): Promise<string> {
  try {
    return await readFile(join(folder, name), 'utf8');
  } catch (error) {
    if (isOver(error)) return '';
    throw error;
  }
}
