import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';

const mostBytes = 1024 * 1024;

/**
 * Main's log: one file in `folder`, with the one before it kept, so that it never fills a disk. It is for defects; what
 * Mortise does is in the trail. Writing it must never break what it tells of, so a failed write is dropped.
 */
export function openLogFile(folder: string): (line: string) => void {
  const file = path.join(folder, 'mortise.log');
  return (line) => {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
      if (size > mostBytes) renameSync(file, `${file}.1`);
      appendFileSync(file, `${new Date().toISOString()} ${line}\n`, { mode: 0o600 });
    } catch {
      // See above.
    }
  };
}
