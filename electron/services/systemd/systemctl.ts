import { execFile } from 'node:child_process';
import { fileErrorCode } from '#electron/machine/file-failure.ts';

/** What a call of systemctl came to: its end, none within its time, or no such program. */
export type SystemctlAnswer =
  | { readonly kind: 'ended'; readonly exitCode: number; readonly output: string }
  | { readonly kind: 'late' }
  | { readonly kind: 'missing'; readonly cause: string };

/** Runs systemctl with these arguments, at most `limit` milliseconds. What it was asked for goes on after that. */
export type Systemctl = (args: readonly string[], limit: number) => Promise<SystemctlAnswer>;

/** No language, no pager and no colours: only what is meant for programs is read. */
const environment = { LC_ALL: 'C', SYSTEMD_PAGER: '', SYSTEMD_COLORS: '0' };

/** The program by its absolute path, with arguments in front of ours where it is reached through another one. */
export function systemctlProgram(program = '/usr/bin/systemctl', leading: readonly string[] = []): Systemctl {
  return (args, limit) =>
    new Promise((resolve) => {
      const options = {
        env: environment,
        timeout: Math.max(1, Math.ceil(limit)),
        killSignal: 'SIGKILL',
        encoding: 'utf8',
      } as const;
      execFile(program, [...leading, '--no-ask-password', '--no-pager', ...args], options, (error, stdout) => {
        if (error === null) resolve({ kind: 'ended', exitCode: 0, output: stdout });
        else if (error.killed === true) resolve({ kind: 'late' });
        else if (typeof error.code === 'number') resolve({ kind: 'ended', exitCode: error.code, output: stdout });
        else resolve({ kind: 'missing', cause: missingCause(error) });
      });
    });
}

function missingCause(error: Error): string {
  return fileErrorCode(error) === 'ENOENT' ? 'systemctl is not there' : 'systemctl ended before it answered';
}
