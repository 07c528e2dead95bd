import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';

export interface PathSurroundings {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

/**
 * The state folder of this account: `%LOCALAPPDATA%\Mortise`, elsewhere `$XDG_STATE_HOME/mortise` or
 * `~/.local/state/mortise` (XDG Base Directory Specification: a path that is not absolute is ignored).
 */
export function defaultStateFolder(
  surroundings: PathSurroundings = { platform: process.platform, environment: process.env, home: homedir() },
): string {
  const { platform, environment, home } = surroundings;
  if (platform === 'win32') {
    const local = environment['LOCALAPPDATA'];
    const base = local !== undefined && win32.isAbsolute(local) ? local : win32.join(home, 'AppData', 'Local');
    return win32.join(base, 'Mortise');
  }
  const state = environment['XDG_STATE_HOME'];
  const base = state !== undefined && posix.isAbsolute(state) ? state : posix.join(home, '.local', 'state');
  return posix.join(base, 'mortise');
}
