import { open } from 'node:fs/promises';
import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';

/** Writes a document that a person asked for, so that it is on the disk when this answers. Answers its path. */
export async function writeDocument(path: string, content: string): Promise<Result<string>> {
  try {
    const file = await open(path, 'w', 0o600);
    try {
      await file.writeFile(content, 'utf8');
      await file.sync();
    } finally {
      await file.close();
    }
    return succeed(path);
  } catch (error) {
    const cause = (error as NodeJS.ErrnoException).code ?? 'it cannot be written';
    return failed(failure('file-not-saved', { path, cause }));
  }
}
