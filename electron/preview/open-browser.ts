import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

function opener(address: string): { readonly program: string; readonly args: readonly string[] } | undefined {
  const { platform, env } = process;
  if (platform === 'win32') {
    const windows = env['SystemRoot'] ?? String.raw`C:\Windows`;
    return { program: path.join(windows, 'System32', 'rundll32.exe'), args: ['url.dll,FileProtocolHandler', address] };
  }
  if (platform === 'darwin') return { program: '/usr/bin/open', args: [address] };
  const hasDisplay = Boolean(env['DISPLAY'] ?? env['WAYLAND_DISPLAY']);
  return hasDisplay ? { program: '/usr/bin/xdg-open', args: [address] } : undefined;
}

/** Shows the address in the person's browser where there is a display; otherwise the printed address has to do. */
export function openBrowser(address: string): void {
  const found = opener(address);
  if (found === undefined || !existsSync(found.program)) return;
  const child = spawn(found.program, found.args, { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}
