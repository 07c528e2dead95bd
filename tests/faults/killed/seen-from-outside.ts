import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TrainingSiteFacts } from '#electron/training/training-site.ts';

/** What lies on the disk, read without anything of Mortise's. */
export interface Kept {
  readonly current: string | null;
  readonly pending: string | null;
  readonly previous: string | null;
}

export function keptFor({ folder }: TrainingSiteFacts, login: string): Kept | undefined {
  const machine = JSON.parse(readFileSync(join(folder, 'machine.json'), 'utf8')) as { keychain: Record<string, Kept> };
  return machine.keychain[login];
}

export function passwordInConfig({ configPath }: TrainingSiteFacts): string | undefined {
  return /Password=([^;"]*);/.exec(readFileSync(configPath, 'utf8'))?.[1];
}

/** How the newest rotation's journal ends; undefined where none was begun. */
export function journalEnd(stateFolder: string): 'open' | 'committed' | 'restored' | undefined {
  const names = readdirSync(stateFolder).filter((name) => /^rotation-\d+\.log$/.test(name));
  for (const name of names.toSorted().toReversed()) {
    const text = readFileSync(join(stateFolder, name), 'latin1');
    if (!text.includes('"kind":"begun"')) continue;
    const end = /"kind":"ended"[^}]*"end":"(committed|restored)"/.exec(text)?.[1];
    return end === 'committed' || end === 'restored' ? end : 'open';
  }
  return undefined;
}

/** Whether the last that the service wrote in its own log is that it is connected. */
export function serviceIsConnected({ folder }: TrainingSiteFacts): boolean {
  return readFileSync(join(folder, 'AcsService.log'), 'utf8').trimEnd().endsWith(' connected');
}
