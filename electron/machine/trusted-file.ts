import { constants } from 'node:fs';
import { lstat, open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import { fileCause } from './file-failure.ts';
import { judgeFile, judgeWay } from './state-folder.ts';

export interface TrustedFileOptions {
  /** More bytes than this are not read; what comes back is then one byte longer, so that it shows. */
  readonly mostBytes: number;
  /** The account that may own it besides root; this process's own unless a test says otherwise. */
  readonly uid?: number;
}

/** Windows has no such flag. */
const noFollow = constants.O_NOFOLLOW ?? 0;

/**
 * The bytes of a file that nobody else can write or replace: its owner and mode, and those of the folders it lies in,
 * are judged as a state folder's are. `file-unsafe` names who could, and the command that mends it. Judged and read is
 * the same open file.
 */
export async function readTrustedFile(path: string, options: TrustedFileOptions): Promise<Result<Uint8Array>> {
  const whole = resolve(path);
  try {
    if (process.platform !== 'win32') {
      const uid = options.uid ?? process.geteuid?.() ?? 0;
      const found = (await judgeWay(dirname(whole), false, uid, 8)) ?? judgeFile(whole, await lstat(whole), uid);
      if (found !== undefined) return failed(found);
    }
    return await readOpened(whole, options);
  } catch (error) {
    return failed(failure('file-unreadable', { path: whole, cause: fileCause(error) }));
  }
}

/** The bytes of a file that a person named, whoever can write it: what it says is shown before anything comes of it. */
export async function readNamedFile(path: string, mostBytes: number): Promise<Result<Uint8Array>> {
  try {
    // Without waiting for a writer, where the name is that of a pipe.
    const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      return await readWhole(file, path, mostBytes);
    } finally {
      await file.close();
    }
  } catch (error) {
    return failed(failure('file-unreadable', { path, cause: fileCause(error) }));
  }
}

async function readOpened(path: string, { mostBytes, uid }: TrustedFileOptions): Promise<Result<Uint8Array>> {
  const file = await open(path, constants.O_RDONLY | noFollow | (constants.O_NONBLOCK ?? 0));
  try {
    const found =
      process.platform === 'win32' ? undefined : judgeFile(path, await file.stat(), uid ?? process.geteuid?.() ?? 0);
    return found === undefined ? await readWhole(file, path, mostBytes) : failed(found);
  } finally {
    await file.close();
  }
}

async function readWhole(file: FileHandle, path: string, mostBytes: number): Promise<Result<Uint8Array>> {
  const stats = await file.stat();
  if (!stats.isFile()) return failed(failure('file-unreadable', { path, cause: 'it is not a file' }));
  const bytes = new Uint8Array(mostBytes + 1);
  let length = 0;
  while (length < bytes.length) {
    const { bytesRead } = await file.read(bytes, length, bytes.length - length, length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return succeed(bytes.subarray(0, length));
}
