import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import type { Failure } from '#shared/errors.ts';
import type { Privileged, PrivilegedAnswer } from '#electron/machine/privileged.ts';
import { cleanEnvironment } from '#electron/machine/privileged/run-program.ts';
import type { Watch } from '../firewall.ts';
import { unreadable } from './nft.ts';

/** One change of somebody is many lines; they are one change here. In milliseconds. */
const together = 20;

/**
 * Ends its child when its own input closes, which it does however our process ends, and whatever account it runs as: a
 * signal of ours does not reach a child of sudo. A child that ends by itself ends it too.
 */
const leash = `exec 3<&0
"$@" </dev/null 3<&- & child=$!
{ cat >/dev/null; kill -KILL "$child"; } <&3 >/dev/null 2>&1 3<&- &
exec 3<&- </dev/null
wait "$child"`;

const mayRun = (program: string) => {
  try {
    accessSync(program, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/**
 * Follows `nft -j monitor`, which waits in the kernel and costs nothing while nothing changes. Its lines are not
 * believed (nft 1.0.6 cuts some short), only taken as a reason to read: a change of any table may bear on the block.
 */
export function watchRuleset(
  { privileged, program }: { readonly privileged: Privileged; readonly program: string },
  changed: () => void,
  ended: (why: Failure) => void,
): Watch {
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  const over = (why: PrivilegedAnswer) => {
    clearTimeout(timer);
    if (closed) return;
    closed = true;
    ended(unreadable(why, 'watch'));
  };
  const silent = privileged.silently('/bin/sh', ['-c', leash, 'sh', program, '-j', 'monitor']);
  if (!mayRun(program) || !mayRun(silent.program)) {
    const why: PrivilegedAnswer = mayRun(program)
      ? { kind: 'refused', cause: `${silent.program} is not here` }
      : { kind: 'missing', program };
    queueMicrotask(() => over(why));
    return { close: async () => await Promise.resolve(void (closed = true)) };
  }

  const child = spawn(silent.program, [...silent.args], { cwd: '/', env: cleanEnvironment, shell: false });
  let errors = '';
  const gone = new Promise<void>((resolve) => {
    const end = (why: PrivilegedAnswer) => {
      child.stdin.destroy();
      resolve();
      over(why);
    };
    child.once('error', ({ message }) => end({ kind: 'broken', cause: `nft did not start (${message})` }));
    child.once('close', (exitCode, signal) => end(endOf(exitCode, signal, errors)));
  });
  child.stdin.on('error', () => undefined);
  child.stdout.on('data', () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      if (!closed) changed();
    }, together);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors = `${errors}${text}`.slice(-4000);
  });
  return {
    close: async () => {
      closed = true;
      clearTimeout(timer);
      child.stdin.end();
      await gone;
    },
  };
}

/** A shell tells that a signal ended its child by a number above 128; sudo of its own refusal by 1. */
function endOf(exitCode: number | null, signal: string | null, errors: string): PrivilegedAnswer {
  if (exitCode === null) return { kind: 'killed', signal: signal ?? 'unknown' };
  if (exitCode > 128) return { kind: 'killed', signal: `signal ${exitCode - 128}` };
  if (exitCode === 1 && /^sudo: |not in the sudoers file|may not run sudo/mu.test(errors)) {
    return { kind: 'refused', cause: 'sudo does not allow it silently' };
  }
  return { kind: 'ended', exitCode, output: '', errors };
}
