import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { win32 } from 'node:path';
import type { z } from 'zod';
import { fileErrorCode } from '#electron/machine/file-failure.ts';
import { readAnswer } from './script-answer.ts';
import { scriptPath } from './scripts.ts';
import type { ScriptName } from './scripts.ts';

/** What came of a script. */
export type PowerShellAnswer<T> =
  | { readonly kind: 'answered'; readonly value: T }
  /** The script itself says that it failed, and where; `id` is PowerShell's FullyQualifiedErrorId. */
  | { readonly kind: 'refused'; readonly stage: string; readonly id: string; readonly left: readonly string[] }
  /** It never began: nothing was changed. */
  | { readonly kind: 'not-run'; readonly cause: string }
  /** It may have done all, a part or nothing: read again. */
  | { readonly kind: 'unsure'; readonly cause: string };

/** Runs Mortise's own scripts in Windows PowerShell 5.1. */
export interface PowerShellHost {
  /** What stands in a list of arguments to run the script from elsewhere: the program, and the arguments before its input. */
  command(script: ScriptName): { readonly program: string; readonly args: readonly string[] };
  run<T>(
    script: ScriptName,
    request: Readonly<Record<string, unknown>>,
    value: z.ZodType<T>,
  ): Promise<PowerShellAnswer<T>>;
}

export interface WindowsPowerShellOptions {
  /** Its folder Windows is in. */
  readonly systemRoot: string;
  /** The most a script may take, in milliseconds: reading rules takes most of a minute on some machines. */
  readonly limit?: number;
  /** In place of Windows PowerShell, with the arguments that come before those of this host. */
  readonly program?: readonly [program: string, ...args: readonly string[]];
}

/** What a script answers at the most; a firewall with thousands of rules stays far below. */
const mostOutput = 16 * 1024 * 1024;

/** A command line of Windows holds 32,767 characters, and a script takes 8 for every 3 of its own in it. */
const longestEncoded = 12_000;

interface Ended {
  readonly how: 'ended' | 'signal' | 'late' | 'too-much';
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** PowerShell 5.1 reads its input in the code page of the console, so nothing but ASCII is sent. */
export const asciiJson = (value: unknown) =>
  JSON.stringify(value).replace(/[^\x20-\x7e]/gu, (text) =>
    [...Array(text.length).keys()]
      .map((index) => `\\u${text.charCodeAt(index).toString(16).padStart(4, '0')}`)
      .join(''),
  );

/** Scripts that policy forbids; the identifier is the same in every language. */
const forbidden = ({ code, errors }: Ended) =>
  code !== 0 && /FullyQualifiedErrorId\s*:\s*UnauthorizedAccess\b/u.test(errors);

export class WindowsPowerShell implements PowerShellHost {
  readonly #program: string;
  readonly #before: readonly string[];
  readonly #limit: number;
  readonly #environment: NodeJS.ProcessEnv;

  constructor({ systemRoot, limit, program }: WindowsPowerShellOptions) {
    const home = win32.join(systemRoot, 'System32', 'WindowsPowerShell', 'v1.0');
    const [file, ...before] = program ?? [win32.join(home, 'powershell.exe')];
    this.#program = file;
    this.#before = before;
    this.#limit = limit ?? 120_000;
    // Modules and programs are taken from Windows' own folders only, whatever this account's environment says.
    this.#environment = {
      SystemRoot: systemRoot,
      windir: systemRoot,
      Path: win32.join(systemRoot, 'System32'),
      PSModulePath: win32.join(home, 'Modules'),
      TEMP: process.env['TEMP'],
      TMP: process.env['TMP'],
      LC_ALL: 'C',
    };
  }

  command(script: ScriptName): { readonly program: string; readonly args: readonly string[] } {
    return { program: this.#program, args: [...this.#arguments(), '-File', scriptPath(script)] };
  }

  async run<T>(
    script: ScriptName,
    request: Readonly<Record<string, unknown>>,
    value: z.ZodType<T>,
  ): Promise<PowerShellAnswer<T>> {
    const nonce = randomUUID();
    const input = `${asciiJson({ ...request, nonce })}\n`;
    const first = await this.#spawn(this.command(script).args, input);
    if (typeof first === 'string') return { kind: 'not-run', cause: first };
    if (!forbidden(first)) return this.#answerOf(first, nonce, value);
    // Policy forbids scripts that are files; what this same text does is not forbidden with it.
    const text = await readFile(scriptPath(script), 'utf8');
    if (text.length > longestEncoded) throw new Error(`The script ${script} is too long for a command line.`);
    const encoded = Buffer.from(text, 'utf16le').toString('base64');
    const second = await this.#spawn([...this.#arguments(), '-EncodedCommand', encoded], input);
    if (typeof second === 'string') return { kind: 'not-run', cause: second };
    return forbidden(second)
      ? { kind: 'not-run', cause: 'a policy of this machine forbids the scripts of Windows PowerShell' }
      : this.#answerOf(second, nonce, value);
  }

  #arguments(): readonly string[] {
    return [
      ...this.#before,
      '-NoLogo',
      '-NoProfile',
      '-NonInteractive',
      '-InputFormat',
      'Text',
      '-OutputFormat',
      'Text',
    ];
  }

  #answerOf<T>(ended: Ended, nonce: string, value: z.ZodType<T>): PowerShellAnswer<T> {
    const seconds = Math.round(this.#limit / 1000);
    if (ended.how === 'late') return { kind: 'unsure', cause: `Windows PowerShell did not answer within ${seconds} s` };
    if (ended.how === 'signal') return { kind: 'unsure', cause: 'Windows PowerShell was ended from outside' };
    if (ended.how === 'too-much') return { kind: 'unsure', cause: 'Windows PowerShell answered more than can be true' };
    return readAnswer(ended.output, { nonce, value, code: ended.code });
  }

  /** A text where it did not even start. */
  async #spawn(args: readonly string[], input: string): Promise<Ended | string> {
    return await new Promise((resolve) => {
      const child = spawn(this.#program, args, { env: this.#environment, windowsHide: true, shell: false });
      const output: Buffer[] = [];
      const errors: Buffer[] = [];
      let size = 0;
      let how: Ended['how'] = 'ended';
      const end = (why: Ended['how']) => {
        how = why;
        child.kill('SIGKILL');
        // Somebody whom it started may hold its output open for ever.
        child.stdout.destroy();
        child.stderr.destroy();
      };
      const timer = setTimeout(() => end('late'), this.#limit);
      const keep = (into: Buffer[]) => (chunk: Buffer) => {
        size += chunk.length;
        if (size > mostOutput) end('too-much');
        else into.push(chunk);
      };
      child.stdout.on('data', keep(output));
      child.stderr.on('data', keep(errors));
      // One that ends without reading its input is judged by its answer.
      child.stdin.on('error', () => undefined);
      child.once('error', (error) => {
        clearTimeout(timer);
        resolve(notStarted(error));
      });
      child.once('close', (code, signal) => {
        clearTimeout(timer);
        resolve({
          how: how === 'ended' && signal !== null ? 'signal' : how,
          code,
          output: Buffer.concat(output).toString('latin1'),
          errors: Buffer.concat(errors).toString('latin1'),
        });
      });
      child.stdin.end(input);
    });
  }
}

function notStarted(error: Error): string {
  const code = fileErrorCode(error) ?? error.message;
  if (code === 'ENOENT') return 'Windows PowerShell is not on this machine';
  if (code === 'EACCES' || code === 'EPERM' || code === 'UNKNOWN') {
    return `Windows does not let Windows PowerShell start (${code}); a policy of this machine may forbid it`;
  }
  return `Windows PowerShell did not start (${code})`;
}
