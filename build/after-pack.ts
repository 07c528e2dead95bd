import { cpSync, existsSync, rmSync } from 'node:fs';
import path from 'node:path';

interface Packed {
  readonly appOutDir: string;
}

const built = path.join(import.meta.dirname, '../out/main');

/**
 * Lays the command line's bundle beside the app, where its own Node can read it (the app's is in an archive that only
 * Electron reads); the window's entry stays out of it. And removes what a runtime brings of its own to `resources`: a
 * folder `app` beside app.asar would be a second program, and Electron's default one opens whatever it is pointed at.
 */
export default function afterPack({ appOutDir }: Packed): void {
  cpSync(built, path.join(appOutDir, 'cli/main'), {
    recursive: true,
    filter: (source) => path.relative(built, source) !== 'main.js',
  });
  const resources = path.join(appOutDir, 'resources');
  for (const name of ['app', 'default_app.asar']) {
    const place = path.join(resources, name);
    if (existsSync(place)) rmSync(place, { recursive: true });
  }
}
