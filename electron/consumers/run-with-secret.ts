import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileErrorCode } from '#electron/machine/file-failure.ts';

export interface SecretRun {
  readonly program: string;
  readonly arguments: readonly string[];
  /** What it reads from its standard input: the only way on which a secret reaches it. */
  readonly input: string;
  readonly seconds: number;
}

/** How a program ended; its output is kept from every sentence, because it may repeat what it was given. */
export type SecretRunEnd =
  | { readonly kind: 'ended'; readonly code: number | null; readonly output: string }
  | { readonly kind: 'not-started'; readonly cause: string }
  | { readonly kind: 'too-long' };

/** In characters; an answer is one short line. */
const longestAnswer = 65_536;

/** What programs need to run at all; nothing else of this process's surroundings reaches somebody else's program. */
const passedOn = [
  'PATH',
  'HOME',
  'LANG',
  'LC_ALL',
  'SystemRoot',
  'SystemDrive',
  'TEMP',
  'TMP',
  'ProgramData',
  'USERPROFILE',
];

function surroundings(): Record<string, string> {
  return Object.fromEntries(
    passedOn.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
}

/** The program with whatever it started, where the operating system has groups of processes. */
function end(child: ChildProcess): void {
  try {
    if (process.platform === 'win32' || child.pid === undefined) child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
}

/** Runs a program without a shell, gives it its input, and ends it after its time. */
export async function runWithSecret({ program, arguments: given, input, seconds }: SecretRun): Promise<SecretRunEnd> {
  return await new Promise((resolve) => {
    const child = spawn(program, [...given], {
      env: surroundings(),
      shell: false,
      windowsHide: true,
      stdio: ['pipe', 'pipe', 'ignore'],
      detached: process.platform !== 'win32',
    });
    let output = '';
    const timer = setTimeout(() => {
      end(child);
      settle({ kind: 'too-long' });
    }, seconds * 1000);
    const settle = (answer: SecretRunEnd) => {
      clearTimeout(timer);
      child.stdout.destroy();
      resolve(answer);
    };
    child.on('error', (error) => settle({ kind: 'not-started', cause: fileErrorCode(error) ?? 'it cannot be run' }));
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (output.length < longestAnswer) output += text;
    });
    // `exit` would miss output; `close` would wait for ever for a child of its own that keeps the pipe open.
    child.on('close', (code) => settle({ kind: 'ended', code, output }));
    // A program that does not read its input ends the pipe.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}
