import { createConnection } from 'node:net';
import type { NetConnectOpts } from 'node:net';
import path from 'node:path';

/** Milliseconds a display's socket gets to accept; a living one takes none. */
const acceptWithin = 1000;

export type Display =
  | { readonly present: true; readonly protocol: 'system' | 'x11' | 'wayland' }
  | { readonly present: false; readonly why: string };

type Environment = Readonly<Record<string, string | undefined>>;

function accepts(address: NetConnectOpts): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(address);
    const done = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(acceptWithin, () => done(false));
    socket.once('connect', () => done(true));
    socket.once('error', () => done(false));
  });
}

/** Where the X server of a DISPLAY listens: a socket in /tmp, also by its abstract name, or a port from 6000 on. */
export function x11Addresses(display: string): readonly NetConnectOpts[] {
  const found = /^(?<host>[^:]*):(?<number>\d+)(?:\.\d+)?$/.exec(display)?.groups;
  if (found === undefined) return [];
  const { host = '', number = '0' } = found;
  if (host !== '' && host !== 'unix') return [{ host, port: 6000 + Number(number) }];
  const socket = `/tmp/.X11-unix/X${number}`;
  return [{ path: socket }, { path: `\0${socket}` }];
}

/**
 * Whether a window can be opened. On Linux the display's socket is tried, because a DISPLAY that is left over from a
 * session that ended would crash Electron instead of being told.
 */
export async function findDisplay(platform: NodeJS.Platform, environment: Environment): Promise<Display> {
  if (platform !== 'linux') return { present: true, protocol: 'system' };
  const { DISPLAY: x11 = '', WAYLAND_DISPLAY: wayland = '', XDG_RUNTIME_DIR: runtime = '' } = environment;
  if (x11 === '' && wayland === '')
    return { present: false, why: 'there is no display (DISPLAY and WAYLAND_DISPLAY are not set)' };
  for (const address of x11Addresses(x11)) {
    if (await accepts(address)) return { present: true, protocol: 'x11' };
  }
  if (wayland !== '' && (await accepts({ path: path.resolve(runtime, wayland) }))) {
    return { present: true, protocol: 'wayland' };
  }
  return { present: false, why: `the display ${x11 === '' ? wayland : x11} does not answer` };
}
