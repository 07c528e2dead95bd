import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** How a program of the training site is started: the site's own arguments are appended to `args`. */
export const launcherSchema = z.strictObject({
  command: z.string(),
  args: z.array(z.string()),
  /** Added to the environment of whoever starts it. */
  env: z.record(z.string(), z.string()),
});
export type Launcher = z.infer<typeof launcherSchema>;

/** Both programs: the site's process starts the service's. */
export interface TrainingLaunchers {
  readonly site: Launcher;
  readonly service: Launcher;
}

/**
 * Starts the entry files with the runtime that runs now, from beside this file or beside the bundle it is part of. Where
 * that runtime cannot (an application without the switch that runs it as Node), the caller names launchers of its own.
 */
export function defaultLaunchers(): TrainingLaunchers {
  return { site: runtimeOn('site-process'), service: runtimeOn('service-process') };
}

function runtimeOn(entry: string): Launcher {
  const file = new URL(`./${entry}${extname(fileURLToPath(import.meta.url))}`, import.meta.url);
  const env: Record<string, string> = process.versions['electron'] === undefined ? {} : { ELECTRON_RUN_AS_NODE: '1' };
  return { command: process.execPath, args: [fileURLToPath(file)], env };
}
