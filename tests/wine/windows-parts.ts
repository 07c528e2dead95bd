import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const wanted = join(import.meta.dirname, 'windows');
const root = join(import.meta.dirname, '../..');

async function exists(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  );
}

/**
 * A folder with a Node for Windows and the native modules as Windows loads them, which npm leaves out elsewhere. They are
 * fetched once, by a lock file of their own: in the product's they would make every installation 90 MB larger. That
 * Node is not the product's, because Wine 8 cannot run version 24 (it runs out of address space when it begins).
 */
export async function windowsParts(): Promise<string> {
  const lock = await readFile(join(wanted, 'package-lock.json'));
  const folder = join(root, '.cache/wine', createHash('sha256').update(lock).digest('hex').slice(0, 16));
  if (await exists(folder)) return folder;
  const unfinished = `${folder}.${process.pid}`;
  await mkdir(unfinished, { recursive: true });
  await cp(wanted, unfinished, { recursive: true });
  const platform = ['--os=win32', '--cpu=x64', '--force'];
  await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', ...platform], {
    cwd: unfinished,
    timeout: 100_000,
  });
  await rename(unfinished, folder).catch(async (error: unknown) => {
    // Another run was faster.
    await rm(unfinished, { recursive: true });
    if (!(await exists(folder))) throw error;
  });
  return folder;
}

interface Lock {
  readonly packages: Readonly<Record<string, { readonly version?: string } | undefined>>;
}

const versionIn = (lock: string, name: string) =>
  (JSON.parse(lock) as Lock).packages[`node_modules/${name}`]?.version ?? 'none';

/** The version of a package that the product takes, and the one that runs here. */
export async function bothVersions(name: string): Promise<readonly [product: string, here: string]> {
  const [product, here] = await Promise.all(
    [root, wanted].map(async (folder) => versionIn(await readFile(join(folder, 'package-lock.json'), 'utf8'), name)),
  );
  return [product ?? 'none', here ?? 'none'];
}
