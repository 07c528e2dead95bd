import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** What the command line said, and how it ended: null where a signal ended it. */
export interface Answer {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface MortiseOptions {
  readonly stateFolder: string;
  /** What a person would type, a line each: piped in, as a script would. */
  readonly typed?: readonly string[];
  readonly folder?: string;
  readonly environment?: NodeJS.ProcessEnv;
}

/** The program that the command line is. */
export const entry = join(import.meta.dirname, '../electron/cli/mortise.ts');

/** The command line as a process of its own. */
export async function mortise(
  args: readonly string[],
  { stateFolder, typed = [], folder, environment }: MortiseOptions,
): Promise<Answer> {
  const started = spawn(process.execPath, [entry, ...args, '--state', stateFolder], {
    stdio: 'pipe',
    cwd: folder,
    env: environment,
  });
  started.stdin.end(typed.map((line) => `${line}\n`).join(''));
  let out = '';
  let err = '';
  started.stdout.on('data', (bytes: Buffer) => (out += bytes.toString('utf8')));
  started.stderr.on('data', (bytes: Buffer) => (err += bytes.toString('utf8')));
  const [code] = (await once(started, 'close')) as [number | null];
  return { code, out, err };
}
