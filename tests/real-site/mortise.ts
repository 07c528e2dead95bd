import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface Answer {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const entry = join(import.meta.dirname, '../../electron/cli/mortise.ts');

/** The command line as a process of its own; a password is piped in, as a script would. */
export async function mortise(
  args: readonly string[],
  { stateFolder, password }: { readonly stateFolder: string; readonly password?: string },
): Promise<Answer> {
  const started = spawn(process.execPath, [entry, ...args, '--state', stateFolder], { stdio: 'pipe' });
  started.stdin.end(password === undefined ? '' : `${password}\n`);
  let out = '';
  let err = '';
  started.stdout.on('data', (bytes: Buffer) => (out += bytes.toString('utf8')));
  started.stderr.on('data', (bytes: Buffer) => (err += bytes.toString('utf8')));
  const [code] = (await once(started, 'close')) as [number | null];
  return { code, out, err };
}
