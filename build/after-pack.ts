import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';

interface Packed {
  readonly appOutDir: string;
}

/**
 * Removes what a runtime brings of its own to `resources`: a folder `app` beside app.asar would be a second program,
 * and Electron's default one opens whatever it is pointed at.
 */
export default function afterPack({ appOutDir }: Packed): void {
  const resources = path.join(appOutDir, 'resources');
  for (const name of ['app', 'default_app.asar']) {
    const place = path.join(resources, name);
    if (existsSync(place)) rmSync(place, { recursive: true });
  }
}
