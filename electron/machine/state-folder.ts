import type { Stats } from 'node:fs';
import { constants } from 'node:fs';
import { access, lstat, realpath } from 'node:fs/promises';
import { dirname, isAbsolute, parse, resolve } from 'node:path';
import { failure } from '#shared/errors.ts';
import type { Failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import { createFolder } from './create-folder.ts';
import { fileErrorCode, fileFailure } from './file-failure.ts';
import { flushFolder } from './flush-folder.ts';

export interface StateFolderOptions {
  /** Creates the folder, for this account only, with the parents that are missing. */
  readonly create: boolean;
  /** The account that may own it besides root; this process's own unless a test says otherwise. */
  readonly uid?: number;
}

const writableByGroup = 0o020;
const writableByOthers = 0o002;
const sticky = 0o1000;

interface Place {
  readonly path: string;
  readonly stats: Stats;
  /** The folder itself, not one that it lies in. */
  readonly last: boolean;
}

function shellQuoted(path: string): string {
  return /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;
}

function unsafe(path: string, who: string, mend: string): Failure {
  return failure('state-folder-unsafe', { path, who, mend });
}

/**
 * Whoever can write a folder, or one it lies in, can put another in its place. A sticky folder (`/tmp`) lets everybody
 * add, but only the owner rename or delete, so it is harmless above a folder that has the right owner. An access
 * control list that lets somebody write shows as the group's right to write, which POSIX ACLs keep as their mask.
 */
function judge(place: Place, uid: number): Failure | undefined {
  const { path, stats, last } = place;
  const quoted = shellQuoted(path);
  if (stats.uid !== 0 && stats.uid !== uid) {
    return unsafe(path, `its owner is user ${stats.uid}`, `chown ${uid} ${quoted}`);
  }
  if (stats.isSymbolicLink()) {
    // Only root can have put a link that root owns there, so one above the folder is part of the system's layout.
    const planted = last || stats.uid !== 0;
    return planted ? unsafe(path, 'it is a symbolic link', `replace ${quoted} by a folder`) : undefined;
  }
  const stickyParent = !last && (stats.mode & sticky) !== 0;
  if (stickyParent || (stats.mode & (writableByGroup | writableByOthers)) === 0) return undefined;
  const who = (stats.mode & writableByOthers) !== 0 ? 'every account' : `group ${stats.gid}`;
  return unsafe(path, who, `chmod go-w ${quoted}`);
}

/** The same for a file: whoever can write it says what it says. `file-unsafe` names who and the command that mends it. */
export function judgeFile(path: string, stats: Stats, uid: number): Failure | undefined {
  const found = judge({ path, stats, last: true }, uid);
  if (found === undefined) return undefined;
  const quoted = shellQuoted(path);
  if (stats.isSymbolicLink())
    return failure('file-unsafe', { path, who: 'it is a symbolic link', mend: `replace ${quoted} by the file itself` });
  if (stats.uid !== 0 && stats.uid !== uid)
    return failure('file-unsafe', { path, who: `its owner is user ${stats.uid}`, mend: `chown ${uid} ${quoted}` });
  const who = (stats.mode & writableByOthers) !== 0 ? 'every account' : `group ${stats.gid}`;
  return failure('file-unsafe', { path, who, mend: `chmod go-w ${quoted}` });
}

/** The folder and all it lies in, from the root down. */
function pathsDownTo(path: string): readonly string[] {
  const { root } = parse(path);
  const paths = [path];
  for (let at = path; at !== root;) {
    at = dirname(at);
    paths.unshift(at);
  }
  return paths;
}

/** Judges every folder on the way, and, behind a link of the system, every folder on the way it leads. */
export async function judgeWay(path: string, last: boolean, uid: number, links: number): Promise<Failure | undefined> {
  for (const at of pathsDownTo(path)) {
    const stats = await lstat(at);
    const found = judge({ path: at, stats, last: last && at === path }, uid);
    if (found !== undefined) return found;
    if (stats.isSymbolicLink()) {
      if (links === 0) return failure('state-folder-unusable', { path, cause: 'too many symbolic links' });
      const rest = path.slice(at.length);
      return judgeWay((await realpath(at)) + rest, last, uid, links - 1);
    }
    if (!stats.isDirectory()) return failure('state-folder-unusable', { path: at, cause: 'it is not a folder' });
  }
  return undefined;
}

async function createMissing(path: string): Promise<void> {
  const first = await createFolder(path);
  if (first !== undefined) await flushFolder(dirname(first));
}

/**
 * Answers the path of a folder that nobody else can write: what lies in it was put there by this account or by root.
 * `state-folder-unsafe` names who could write and the command that mends it; nothing is mended here. On Windows only
 * existence and kind are checked: the access control list is not read yet, which the installer's folder makes up for.
 */
export async function openStateFolder(path: string, options: StateFolderOptions): Promise<Result<string>> {
  if (!isAbsolute(path)) return failed(failure('state-folder-unusable', { path, cause: 'its path is not absolute' }));
  const folder = resolve(path);
  try {
    if (process.platform !== 'win32') {
      // What is there already is judged before anything is created in it.
      const existing = await deepestExisting(folder);
      const uid = options.uid ?? process.geteuid?.() ?? 0;
      const found = await judgeWay(existing, existing === folder, uid, 8);
      if (found !== undefined) return failed(found);
    }
    if (options.create) await createMissing(folder);
    const stats = await lstat(folder);
    if (!stats.isDirectory()) return failed(failure('state-folder-unusable', { path, cause: 'it is not a folder' }));
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    return succeed(folder);
  } catch (error) {
    return failed(fileFailure(path, error));
  }
}

async function deepestExisting(path: string): Promise<string> {
  try {
    await lstat(path);
    return path;
  } catch (error) {
    if (fileErrorCode(error) !== 'ENOENT' || dirname(path) === path) throw error;
    return deepestExisting(dirname(path));
  }
}
