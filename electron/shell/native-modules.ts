import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

/** Written by the build beside the bundle, inside the archive whose integrity Electron checks: file name to SHA-256. */
export const nativeHashesFile = 'native-modules.json';

const hashesSchema = z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/));

export const hashOf = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');

/**
 * The native modules that lie outside the archive, because only files can be loaded as libraries: the first one that is
 * not what was built, or undefined where all are. One that is not there is none that can be loaded.
 * @param unpacked the folder of the native modules outside the archive
 */
export function foreignNativeModule(hashes: string, unpacked: string): string | undefined {
  for (const [name, hash] of Object.entries(hashesSchema.parse(JSON.parse(hashes)))) {
    const place = path.join(unpacked, name);
    if (existsSync(place) && hashOf(readFileSync(place)) !== hash) return name;
  }
  return undefined;
}

/** The same for this packaged app. */
export const foreignNativeModuleOf = (bundleFolder: string, resources: string): string | undefined =>
  foreignNativeModule(
    readFileSync(path.join(bundleFolder, nativeHashesFile), 'utf8'),
    path.join(resources, 'app.asar.unpacked/node_modules'),
  );
