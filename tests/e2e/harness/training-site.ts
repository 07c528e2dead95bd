import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Where the training site of a state folder is served; undefined where none has been. */
export function servedSite(stateFolder: string): { readonly processId: number; readonly port: number } | undefined {
  try {
    const attachment = readFileSync(path.join(stateFolder, 'training/site-folder.json'), 'utf8');
    return JSON.parse(attachment) as { readonly processId: number; readonly port: number };
  } catch {
    return undefined;
  }
}

/** Sends a signal to the training site's process, where it runs. It outlives the window for a while otherwise. */
export function signalSite(stateFolder: string, signal: 'SIGTERM' | 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void {
  const site = servedSite(stateFolder);
  if (site === undefined) return;
  try {
    process.kill(site.processId, signal);
  } catch {
    // It has ended by itself.
  }
}
