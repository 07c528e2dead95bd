import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';

const sources = ['electron', 'renderer', 'shared', 'electron.vite.config.ts', 'package.json', 'package-lock.json'];
const products = ['out/main/main.js', 'out/preload/preload.cjs', 'out/renderer/index.html'];

/** When this file, or the newest one below this folder, was last changed; 0 where there is none. */
function newest(place: string): number {
  const stats = statSync(place, { throwIfNoEntry: false });
  if (stats === undefined) return 0;
  if (!stats.isDirectory()) return stats.mtimeMs;
  // The folder's own time too: a file that was removed makes the build stale as well.
  return readdirSync(place).reduce((time, name) => Math.max(time, newest(path.join(place, name))), stats.mtimeMs);
}

/** Whether what was built is there and no older than its sources. */
export function isBuilt(root: string): boolean {
  const built = products.map((product) => statSync(path.join(root, product), { throwIfNoEntry: false })?.mtimeMs ?? 0);
  const changed = sources.map((source) => newest(path.join(root, source)));
  return Math.min(...built) > Math.max(...changed);
}

/** Builds where needed; false where the build failed, which it has told on the terminal. */
export async function build(root: string): Promise<boolean> {
  if (isBuilt(root)) return true;
  const tool = path.join(root, 'node_modules/electron-vite/bin/electron-vite.js');
  const building = spawn(process.execPath, [tool, 'build', '--logLevel', 'warn'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [code] = (await once(building, 'exit')) as [number | null];
  return code === 0;
}
