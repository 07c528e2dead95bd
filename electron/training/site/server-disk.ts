import { readFile } from 'node:fs/promises';
import { replaceFile, replaceFileNow } from './durable-file.ts';

/** The disk of the simulated server: one file that always holds a whole committed state. */
export interface ServerDisk {
  /** Counts committed changes. */
  version(): number;
  /** Something was committed: it is on the disk soon, also if nobody waits for it. */
  changed(): void;
  /** Back when everything that is committed now is on the disk. */
  flush(): Promise<void>;
  /** As `flush`, in the same turn. */
  flushNow(): void;
}

/** After a change nobody waits for, the disk is written within so many milliseconds... */
const usualDelay = 50;
/** ...or, for a large site, after so many times as long as the last writing took, so that it does not write all the time. */
const breathing = 10;

export function createServerDisk(
  path: string,
  encode: () => string,
  onTrouble: (problem: unknown) => void,
): ServerDisk {
  const count = { committed: 0, onDisk: 0 };
  let lastDuration = 0;
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> | undefined;

  const write = async () => {
    const begun = performance.now();
    const written = count.committed;
    await replaceFile(path, encode(), () => count.onDisk >= written);
    count.onDisk = Math.max(count.onDisk, written);
    lastDuration = performance.now() - begun;
  };
  // Those who come while it is being written share the next round: one write for all of them.
  const round = () => {
    writing ??= write().finally(() => {
      writing = undefined;
    });
    return writing;
  };
  const flush = async () => {
    const wanted = count.committed;
    while (count.onDisk < wanted) await round();
  };
  return {
    version: () => count.committed,
    changed: () => {
      count.committed += 1;
      timer ??= setTimeout(
        () => {
          timer = undefined;
          flush().catch(onTrouble);
        },
        Math.max(usualDelay, breathing * lastDuration),
      );
    },
    flush,
    flushNow: () => {
      if (count.onDisk >= count.committed) return;
      replaceFileNow(path, encode());
      count.onDisk = count.committed;
    },
  };
}

/** What the disk holds; undefined before the first start. */
export async function readServerDisk(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (problem) {
    if ((problem as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw problem;
  }
}
