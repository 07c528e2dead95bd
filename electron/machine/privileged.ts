import { accessSync, constants } from 'node:fs';
import { runProgram } from './privileged/run-program.ts';
import type { ProgramEnd } from './privileged/run-program.ts';

/** What a program that needs the rights of root came to. */
export type PrivilegedAnswer =
  | ProgramEnd
  /** The person closed the question for rights. */
  | { readonly kind: 'cancelled' }
  /** The rights are not to be had, with or without asking. */
  | { readonly kind: 'refused'; readonly cause: string };

export interface PrivilegedOptions {
  /** A person waits for it and may be asked for an administrator's password. */
  readonly mayAsk: boolean;
  /** Most milliseconds. */
  readonly limit: number;
  readonly input?: string;
}

/** A program with its leading arguments, as it is started to go on by itself. */
export interface SilentStart {
  readonly program: string;
  readonly args: readonly string[];
}

/** Runs a program of the operating system with the rights of root, by its absolute path and an array of arguments. */
export interface Privileged {
  run(program: string, args: readonly string[], options: PrivilegedOptions): Promise<PrivilegedAnswer>;
  /** How one that goes on is started without ever asking. */
  silently(program: string, args: readonly string[]): SilentStart;
}

/** What decides how rights are had; this machine's unless a test says otherwise. */
export interface PrivilegeTraits {
  readonly uid: number;
  readonly sudo: string;
  readonly pkexec: string;
  /** What a question in a window needs of the person's surroundings; undefined where there is no display. */
  readonly display: Readonly<Record<string, string>> | undefined;
}

/** pkexec(1): 126 where the person closed the question, 127 where the rights are not to be had. */
const dismissed = 126;
const notAuthorised = 127;

/** A person types a password meanwhile. */
const askingLimit = 120_000;

const displayVariables = ['DISPLAY', 'WAYLAND_DISPLAY', 'XAUTHORITY', 'XDG_RUNTIME_DIR', 'DBUS_SESSION_BUS_ADDRESS'];

export function thisMachinesPrivileges(): PrivilegeTraits {
  const { env } = process;
  const found = displayVariables.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]] as const]));
  const hasDisplay = found.some(([name]) => name === 'DISPLAY' || name === 'WAYLAND_DISPLAY');
  return {
    uid: process.geteuid?.() ?? 0,
    sudo: '/usr/bin/sudo',
    pkexec: '/usr/bin/pkexec',
    display: hasDisplay ? Object.fromEntries(found) : undefined,
  };
}

function isThere(program: string): boolean {
  try {
    accessSync(program, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** sudo's own complaint: it wants a password, or this account is none of its users. */
const isOfSudo = (end: ProgramEnd): boolean =>
  end.kind === 'ended' && end.exitCode === 1 && /^sudo: |not in the sudoers file|may not run sudo/mu.test(end.errors);

/**
 * Root itself runs it as it is. Everybody else: `sudo -n`, which is silent, and where a person may be asked `pkexec`, which
 * asks each time. Mortise itself never becomes root.
 */
export function privilegedBy(traits: PrivilegeTraits = thisMachinesPrivileges()): Privileged {
  const { uid, sudo, pkexec, display } = traits;
  return {
    run: async (program, args, { mayAsk, limit, input }) => {
      const given = input === undefined ? { limit } : { limit, input };
      if (uid === 0) return await runProgram(program, args, given);
      if (!isThere(program)) return { kind: 'missing', program };
      if (isThere(sudo)) {
        const silent = await runProgram(sudo, ['-n', '--', program, ...args], given);
        if (!isOfSudo(silent)) return silent;
      }
      if (!mayAsk || display === undefined || !isThere(pkexec))
        return {
          kind: 'refused',
          cause: 'this account is no administrator, and may not act as one without being asked',
        };
      const asked = await runProgram(pkexec, [program, ...args], {
        ...given,
        limit: Math.max(limit, askingLimit),
        environment: display,
      });
      if (asked.kind === 'ended' && asked.exitCode === dismissed) return { kind: 'cancelled' };
      if (asked.kind === 'ended' && asked.exitCode === notAuthorised)
        return { kind: 'refused', cause: 'they were asked for and not given' };
      return asked;
    },
    silently: (program, args) =>
      uid === 0 ? { program, args } : { program: sudo, args: ['-n', '--', program, ...args] },
  };
}
