import { readFileSync } from 'node:fs';

/**
 * What tells a process from a later one with the same number. `birth` is boot and start time on Linux; elsewhere it is
 * null, and a process is then known by its number only.
 */
export interface ProcessIdentity {
  readonly pid: number;
  readonly birth: string | null;
}

/** Start time in ticks since boot: field 22 of /proc/pid/stat (proc_pid_stat(5)); the name before it may hold anything. */
function startTicks(pid: number): string | undefined {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const state = fields[0];
  // A zombie has ended and waits for nothing but its parent.
  return state === 'Z' || state === 'X' ? undefined : fields[19];
}

function birthOf(pid: number): string | undefined {
  try {
    const ticks = startTicks(pid);
    return ticks === undefined
      ? undefined
      : `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${ticks}`;
  } catch {
    return undefined;
  }
}

function answersSignals(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there, and belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

export function thisProcess(): ProcessIdentity {
  return { pid: process.pid, birth: process.platform === 'linux' ? (birthOf(process.pid) ?? null) : null };
}

/** Whether that very process still runs. Without a birth a later process with its number passes for it. */
export function isRunning(identity: ProcessIdentity): boolean {
  if (identity.birth === null) return answersSignals(identity.pid);
  return birthOf(identity.pid) === identity.birth;
}
