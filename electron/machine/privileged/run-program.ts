import { spawn } from 'node:child_process';
import { fileErrorCode } from '../file-failure.ts';

/** What a program came to. */
export type ProgramEnd =
  | { readonly kind: 'ended'; readonly exitCode: number; readonly output: string; readonly errors: string }
  | { readonly kind: 'killed'; readonly signal: string }
  /** It did not end within its time, and what it was asked for may have been done. */
  | { readonly kind: 'late' }
  | { readonly kind: 'missing'; readonly program: string }
  /** It did not start, or said more than can be true. */
  | { readonly kind: 'broken'; readonly cause: string };

/** No language and no folders of this account: only what the machine itself installed is found. */
export const cleanEnvironment = { LC_ALL: 'C', PATH: '/usr/sbin:/usr/bin:/sbin:/bin' };

/** The rules of a machine with thousands of containers stay below. */
const mostOutput = 64 * 1024 * 1024;

const text = (parts: readonly Buffer[]) => Buffer.concat(parts).toString('utf8');

/** Runs a program by its absolute path, at most `limit` milliseconds, without a shell. */
export async function runProgram(
  program: string,
  args: readonly string[],
  {
    limit,
    input = '',
    environment = {},
  }: {
    readonly limit: number;
    readonly input?: string;
    readonly environment?: Readonly<Record<string, string>>;
  },
): Promise<ProgramEnd> {
  return await new Promise((resolve) => {
    const child = spawn(program, args, { cwd: '/', env: { ...cleanEnvironment, ...environment }, shell: false });
    const output: Buffer[] = [];
    const errors: Buffer[] = [];
    let size = 0;
    const settle = (end: ProgramEnd) => {
      clearTimeout(timer);
      // One of another account cannot be ended by us; it must not keep us alive either.
      child.stdin.destroy();
      child.stdout.destroy();
      child.stderr.destroy();
      child.unref();
      resolve(end);
    };
    const stop = (end: ProgramEnd) => {
      child.kill('SIGKILL');
      settle(end);
    };
    const timer = setTimeout(() => stop({ kind: 'late' }), limit);
    const keep = (into: Buffer[]) => (chunk: Buffer) => {
      size += chunk.length;
      if (size > mostOutput) stop({ kind: 'broken', cause: `${program} said more than can be true` });
      else into.push(chunk);
    };
    child.stdout.on('data', keep(output));
    child.stderr.on('data', keep(errors));
    // One that ends without reading its input is judged by its end.
    child.stdin.on('error', () => undefined);
    child.on('error', (error) => {
      const code = fileErrorCode(error);
      settle(
        code === 'ENOENT'
          ? { kind: 'missing', program }
          : { kind: 'broken', cause: `${program} did not start (${code ?? error.message})` },
      );
    });
    child.once('close', (exitCode, signal) => {
      settle(
        exitCode === null
          ? { kind: 'killed', signal: signal ?? 'unknown' }
          : { kind: 'ended', exitCode, output: text(output), errors: text(errors) },
      );
    });
    child.stdin.end(input);
  });
}
