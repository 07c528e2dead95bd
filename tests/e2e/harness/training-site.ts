import { readFileSync } from 'node:fs';
import path from 'node:path';

type Signal = 'SIGTERM' | 'SIGKILL' | 'SIGSTOP' | 'SIGCONT';

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
export function signalSite(stateFolder: string, signal: Signal): void {
  const site = servedSite(stateFolder);
  if (site !== undefined) send(site.processId, signal);
}

/** Sends a signal to the access-control service: stopped, it neither ends nor logs in, and whoever waits for it waits. */
export function signalService(stateFolder: string, signal: Signal): void {
  const site = servedSite(stateFolder);
  if (site === undefined) return;
  const children = readFileSync(`/proc/${site.processId}/task/${site.processId}/children`, 'utf8');
  for (const child of children.trim().split(' ').filter(Boolean)) send(Number(child), signal);
}

function send(processId: number, signal: Signal): void {
  try {
    process.kill(processId, signal);
  } catch {
    // It has ended by itself.
  }
}
