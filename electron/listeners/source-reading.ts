import { failure } from '#shared/errors.ts';
import { known, unknown } from '#shared/reading.ts';
import type { Reading } from '#shared/reading.ts';
import { RegistryError } from '#electron/machine/registry.ts';
import type { Clock } from '#electron/machine/clock.ts';
import { fileCause, fileErrorCode } from '#electron/machine/file-failure.ts';

/** Why a source cannot be read, in words that end a sentence. */
export class Unreadable extends Error {}

/** What `read` answers, or unknown with why this source could not be read. Other exceptions are defects. */
export async function sourceReading<T>(source: string, clock: Clock, read: () => Promise<T> | T): Promise<Reading<T>> {
  try {
    return known(await read(), clock.now());
  } catch (error) {
    return unknown(failure('listeners-unreadable', { source, cause: causeOf(error) }), clock.now());
  }
}

function causeOf(error: unknown): string {
  if (error instanceof Unreadable) return error.message;
  if (error instanceof RegistryError)
    return error.code === 5 ? 'this account may not read it' : `Windows answers with error ${error.code}`;
  return fileErrorCode(error) === 'EACCES' ? 'this account may not read it; start Mortise with sudo' : fileCause(error);
}
