import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';

const folders: string[] = [];

/** A program of a few lines of shell, in a folder that is gone after the test. Its path. */
export async function standIn(name: string, text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'mortise-stand-in-'));
  folders.push(folder);
  const path = join(folder, name);
  await writeFile(path, `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  return path;
}

/** Removes them after each test of the file that calls it. */
export function removeStandIns(): void {
  afterEach(async () => {
    for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
  });
}
