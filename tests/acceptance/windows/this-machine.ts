import { execFile } from 'node:child_process';
import { connect } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Reading } from '#shared/reading.ts';
import { instanceFor } from '#electron/instance/windows/instance-registry.ts';
import { windowsRegistryReader } from '#electron/machine/windows-registry-reader.ts';

/** The instance that this acceptance runs against. */
export const transport = {
  kind: 'instance',
  instance: process.env['MORTISE_WINDOWS_INSTANCE'] ?? 'SQLEXPRESS',
} as const;

export const instance = () => instanceFor(windowsRegistryReader, transport);

export const systemRoot = process.env['SystemRoot'] ?? String.raw`C:\Windows`;
const powershell = join(systemRoot, 'System32', 'WindowsPowerShell', 'v1.0', 'powershell.exe');

/** What Windows' own commands say: the other witness, which shares nothing with the product. */
export async function windowsSays(command: string): Promise<unknown> {
  const text = `${command} | ConvertTo-Json -Compress -Depth 4`;
  const encoded = Buffer.from(text, 'utf16le').toString('base64');
  const { stdout } = await promisify(execFile)(
    powershell,
    ['-NoLogo', '-NoProfile', '-NonInteractive', '-OutputFormat', 'Text', '-EncodedCommand', encoded],
    { timeout: 170_000, maxBuffer: 64 * 1024 * 1024 },
  );
  return stdout.trim() === '' ? [] : JSON.parse(stdout);
}

export const listOf = (answer: unknown): readonly unknown[] =>
  Array.isArray(answer) ? (answer as unknown[]) : [answer];

/** Whether something accepts a connection there. */
export async function accepts(port: number, host = '127.0.0.1'): Promise<boolean> {
  return await new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 5000 });
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.on('connect', () => end(true));
    socket.on('error', () => end(false));
    socket.on('timeout', () => end(false));
  });
}

export function knownOf<T>(reading: Reading<T>): T {
  if (reading.state === 'unknown') throw new Error(`${reading.cause.sentence} ${reading.cause.next}`);
  return reading.value;
}
