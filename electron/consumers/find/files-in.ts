import { lstat, open, readdir } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { fileCause } from '#electron/machine/file-failure.ts';

/** How far a search goes; it is for folders of one product, not for a disk. */
export interface SearchLimits {
  /** Folders below the one that was named. */
  readonly depth: number;
  /** Files that are looked at. */
  readonly files: number;
  /** Of one file; a configuration file is shorter. */
  readonly bytes: number;
}

export const usualLimits: SearchLimits = { depth: 4, files: 2000, bytes: 1024 * 1024 };

/** Something that was not looked at, and why, in words that end a sentence. */
export interface LeftOut {
  readonly place: string;
  readonly why: string;
}

const configuration =
  /(?:\.(?:config|xml|json|jsonc|ini|cfg|conf|inf|env|udl|properties)|(?:^|[\\/])\.env(?:\.[\w-]+)?)$/i;
const skipped: ReadonlySet<string> = new Set(['node_modules', '.git', 'Windows', 'WinSxS']);

/** The configuration files at these places, never through a symbolic link and never on another machine. */
export async function filesIn(
  places: readonly string[],
  limits: SearchLimits,
): Promise<{ readonly files: readonly string[]; readonly left: readonly LeftOut[] }> {
  const files = new Set<string>();
  const left: LeftOut[] = [];
  const visit = async (place: string, depth: number, isNamed: boolean): Promise<void> => {
    try {
      const stats = await lstat(place);
      if (stats.isSymbolicLink()) {
        left.push({ place, why: 'it is a symbolic link' });
      } else if (stats.isDirectory()) {
        if (depth < 0) {
          left.push({ place, why: 'it lies too deep' });
          return;
        }
        for (const name of (await readdir(place)).toSorted()) {
          if (!skipped.has(name)) await visit(join(place, name), depth - 1, false);
        }
      } else if (stats.isFile() && (isNamed || configuration.test(place))) {
        if (stats.size > limits.bytes) left.push({ place, why: 'it is too long for a configuration file' });
        else if (files.size >= limits.files) left.push({ place, why: 'enough files were looked at' });
        else files.add(place);
      }
    } catch (error) {
      left.push({ place, why: fileCause(error) });
    }
  };
  for (const place of places) {
    if (!isAbsolute(place) || /^[\\/]{2}/.test(place))
      left.push({ place, why: 'it is no absolute path of this machine' });
    else await visit(place, limits.depth, true);
  }
  return { files: [...files], left };
}

/** The bytes of a file, as far as the limit; it may have grown since it was listed. */
export async function bytesOf(path: string, most: number): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const bytes = new Uint8Array(most);
    const { bytesRead } = await file.read(bytes, 0, most, 0);
    return bytes.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
