import { failure } from '#shared/errors.ts';
import type { Failure } from '#shared/errors.ts';

/** Node's code of a failed file operation (`ENOSPC`, `EACCES`, ...); undefined for any other exception. */
export function fileErrorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** A quota that is used up and a file that may not grow are the same to the engineer as a full disk. */
const noSpace: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

const causes: Readonly<Record<string, string>> = {
  EACCES: 'this account may not read or write it',
  EPERM: 'the operating system does not permit it',
  EROFS: 'the disk is read-only',
  ENOENT: 'it does not exist',
  ENOTDIR: 'a part of its path is not a folder',
  EISDIR: 'it is a folder',
  ELOOP: 'it is a symbolic link',
  EIO: 'the disk reports an error',
  EMFILE: 'too many files are open',
  EBUSY: 'another program holds it',
};

/** What a file error means, in a few words, for sentences that end with a cause. */
export function fileCause(error: unknown): string {
  const code = fileErrorCode(error);
  if (code === undefined) throw error;
  return causes[code] ?? code;
}

export function isNoSpace(error: unknown): boolean {
  return noSpace.has(fileErrorCode(error) ?? '');
}

/** `disk-full` or `state-folder-unusable` for a failed file operation. Anything that is not one is thrown on: a defect. */
export function fileFailure(path: string, error: unknown): Failure {
  if (isNoSpace(error)) return failure('disk-full', { path });
  return failure('state-folder-unusable', { path, cause: fileCause(error) });
}
