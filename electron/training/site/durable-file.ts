import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Replaces a file so that after a kill or a power cut either the old content is there or the new one: written beside
 * it, flushed, renamed over it, and the folder flushed where the platform can (Windows cannot). When `outdated` says at
 * the end that something newer was written meanwhile, the file is left as it is.
 */
export async function replaceFile(
  path: string,
  content: string | Uint8Array,
  outdated: () => boolean = () => false,
): Promise<void> {
  const draft = draftOf(path);
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    // In the same turn as the question, so that nothing comes between.
    if (outdated()) await rm(draft, { force: true });
    else renameSync(draft, path);
  } catch (problem) {
    await rm(draft, { force: true });
    throw problem;
  }
  if (process.platform === 'win32') return;
  const folder = await open(dirname(path), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** As `replaceFile`, for the one place that has to answer in the same turn: a commit by the transaction manager. */
export function replaceFileNow(path: string, content: string): void {
  const draft = draftOf(path);
  try {
    const file = openSync(draft, 'wx', 0o600);
    try {
      writeFileSync(file, content);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(draft, path);
  } catch (problem) {
    rmSync(draft, { force: true });
    throw problem;
  }
  if (process.platform === 'win32') return;
  const folder = openSync(dirname(path), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/** A name of its own for each draft: two writers must not share one. */
function draftOf(path: string): string {
  return `${path}.${randomUUID()}.draft`;
}
