import { parseArgs } from 'node:util';
import { assertNever } from '#shared/assert-never.ts';
import { changesLibrary, misplacedProfileOption, profileOptions, readProfileCommand } from './profile-arguments.ts';
import type { ProfileCommand, ProfileValues } from './profile-arguments.ts';
import { misplacedProbeOption, probeOptions, readProbeCommand } from './probe-arguments.ts';
import type { ProbeCommand, ProbeValues } from './probe-arguments.ts';
import { readKitCommand } from './kit-arguments.ts';
import type { KitCommand } from './kit-arguments.ts';
import { misplacedRotationOption, readRotation, rotationOptions } from './rotation-arguments.ts';
import type { RotationCommand, RotationValues } from './rotation-arguments.ts';
import { changesNetwork, readSecureModeCommand, secureModeOptions } from './secure-mode-arguments.ts';
import type { SecureModeCommand, SecureModeValues } from './secure-mode-arguments.ts';
import { misplacedVisitOption, readVisit, visitOptions } from './visit-arguments.ts';
import type { VisitCommand, VisitValues } from './visit-arguments.ts';

/** What was asked for, once the arguments are understood. */
export type Command =
  | { readonly name: 'status' }
  | { readonly name: 'prepare' | 'remove' }
  | { readonly name: 'create-login'; readonly mayChangeLogins: boolean }
  | { readonly name: 'commissioning'; readonly to: CommissioningWord }
  | { readonly name: 'guard'; readonly to: 'down' | 'up' }
  | SecureModeCommand
  | { readonly name: 'lockdown' | 'undo' | 'stop' }
  | { readonly name: 'trail-verify' }
  | RotationCommand
  | KitCommand
  | { readonly name: 'consumers'; readonly places: readonly string[] }
  | VisitCommand
  | ProfileCommand
  | ProbeCommand
  | { readonly name: 'help' };

const commissioningWords = ['on', 'off', 'rehearse', 'renew', 'adopt', 'status'] as const;
export type CommissioningWord = (typeof commissioningWords)[number];

export interface CommandLine {
  readonly command: Command;
  readonly json: boolean;
  /** Applies the plan without asking; it is printed first all the same. */
  readonly yes: boolean;
  readonly reason: string | undefined;
  readonly until: string | undefined;
  readonly engineer: string | undefined;
  readonly login: string | undefined;
  /** The setup principal for this one command; its password is asked for, or piped in. */
  readonly setupLogin: string | undefined;
  /** How long a rehearsal takes, in minutes. */
  readonly minutes: number | undefined;
  readonly profile: string | undefined;
  /** A site of the library, by its id. */
  readonly site: string | undefined;
  readonly stateFolder: string | undefined;
  readonly port: number | undefined;
}

const options = {
  json: { type: 'boolean', default: false },
  yes: { type: 'boolean', short: 'y', default: false },
  'may-change-logins': { type: 'boolean', default: false },
  reason: { type: 'string' },
  until: { type: 'string' },
  minutes: { type: 'string' },
  engineer: { type: 'string' },
  login: { type: 'string' },
  profile: { type: 'string' },
  site: { type: 'string' },
  state: { type: 'string' },
  port: { type: 'string' },
  ...rotationOptions,
  ...visitOptions,
  ...profileOptions,
  ...secureModeOptions,
  ...probeOptions,
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** How long a text may be: as the contract has it, said here in words of the command line. */
const lengths = [
  ['reason', 3, 400],
  ['engineer', 1, 100],
  ['login', 1, 128],
] as const;

/** Node's own sentence, without its advice on how to pass a file that begins with a dash. */
function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return 'The arguments were not understood.';
  const [sentence = error.message] = error.message.split('. To specify');
  return `${sentence.replace(/\.$/, '')}.`;
}

/** Understands the arguments, or answers the sentence that says what is wrong with them. */
export function readCommandLine(
  args: readonly string[],
  now = new Date(),
): { readonly ok: true; readonly line: CommandLine } | { readonly ok: false; readonly sentence: string } {
  let parsed;
  try {
    parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    return { ok: false, sentence: sentenceOf(error) };
  }
  const { values, positionals } = parsed;
  const port = values.port === undefined ? undefined : Number(values.port);
  const command: Command | string = values.help ? { name: 'help' } : readCommand(positionals, values, port);
  if (typeof command === 'string') return { ok: false, sentence: command };
  if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65_536))
    return { ok: false, sentence: `--port takes a number from 1 to 65535, not "${values.port}".` };
  const until = values.until === undefined ? undefined : readUntil(values.until, now);
  if (until !== undefined && Number.isNaN(until.getTime()))
    return {
      ok: false,
      sentence: `--until takes a time such as 22:00 or 2026-11-21T22:00:00Z, not "${values.until}".`,
    };
  const minutes = values.minutes === undefined ? undefined : Number(values.minutes);
  if (minutes !== undefined && !(Number.isInteger(minutes) && minutes > 0 && minutes <= 60))
    return { ok: false, sentence: `--minutes takes a whole number from 1 to 60, not "${values.minutes}".` };
  const misplaced =
    misplacedOption(command, values) ??
    misplacedRotationOption(command.name, values) ??
    misplacedVisitOption(command.name, values) ??
    misplacedProfileOption(command, values) ??
    misplacedProbeOption(command.name, values);
  if (misplaced !== undefined) return { ok: false, sentence: misplaced };
  for (const [option, least, most] of lengths) {
    const text = values[option]?.trim();
    if (text !== undefined && (text.length < least || text.length > most))
      return { ok: false, sentence: `--${option} takes ${least} to ${most} characters, not ${text.length}.` };
  }
  return {
    ok: true,
    line: {
      command,
      json: values.json,
      yes: values.yes,
      reason: values.reason,
      until: until?.toISOString(),
      engineer: values.engineer,
      login: values.login,
      setupLogin: values['setup-login']?.trim() === '' ? undefined : values['setup-login'],
      minutes,
      profile: values.profile,
      site: values.site,
      stateFolder: values.state,
      // That of the server to look at is in the command; the training site chooses its own then.
      port: command.name === 'discover' ? undefined : port,
    },
  };
}

/** `22:00` is the next time that the clock on this wall shows it; anything else is a moment. */
function readUntil(text: string, now: Date): Date {
  const [, hours, minutes] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(text) ?? [];
  if (hours === undefined || minutes === undefined) return new Date(text);
  const until = new Date(now);
  until.setHours(Number(hours), Number(minutes), 0, 0);
  if (until <= now) until.setDate(until.getDate() + 1);
  return until;
}

/** An option that changes what is done, given where nobody looks at it: a person would rely on it. */
function misplacedOption(
  command: Command,
  {
    'may-change-logins': mayChangeLogins,
    until,
    minutes,
    wait,
  }: {
    readonly 'may-change-logins': boolean;
    readonly until?: string | undefined;
    readonly minutes?: string | undefined;
    readonly wait?: string | undefined;
  },
): string | undefined {
  if (mayChangeLogins && command.name !== 'create-login' && command.name !== 'help')
    return '--may-change-logins belongs to "create-login" alone.';
  if (command.name === 'help') return undefined;
  if (wait !== undefined && !(command.name === 'secure-mode' && command.to === 'on'))
    return '--wait belongs to "secure-mode on" alone.';
  if (minutes !== undefined && !(command.name === 'commissioning' && command.to === 'rehearse'))
    return '--minutes belongs to "commissioning rehearse" alone.';
  if (until === undefined) return undefined;
  const taken =
    (command.name === 'commissioning' && command.to === 'on') ||
    (command.name === 'secure-mode' && command.to === 'allow');
  return taken ? undefined : '--until belongs to "commissioning on" and "secure-mode allow" alone.';
}

function readCommand(
  [first, second, ...more]: readonly string[],
  values: VisitValues &
    ProfileValues &
    RotationValues &
    ProbeValues &
    SecureModeValues & { readonly 'may-change-logins': boolean },
  port: number | undefined,
): Command | string {
  if (first === 'profile') return readProfileCommand(second === undefined ? [] : [second, ...more], values);
  if (first === 'consumers')
    return second === 'find'
      ? { name: first, places: more }
      : '"consumers" wants find, and perhaps folders to look in.';
  if (first === 'probe') return readProbeCommand(second === undefined ? [] : [second, ...more], values);
  if (first === 'secure-mode') return readSecureModeCommand(second === undefined ? [] : [second, ...more], values);
  if (first === 'kit') return readKitCommand(second === undefined ? [] : [second, ...more]);
  const rotation = readRotation(first, second === undefined ? [] : [second, ...more], values);
  if (rotation !== undefined) return rotation;
  if (more.length > 0) return `"${more.join(' ')}" is too much.`;
  switch (first) {
    case undefined:
    case 'help':
      return { name: 'help' };
    case 'status':
    case 'prepare':
    case 'remove':
    case 'lockdown':
    case 'undo':
    case 'stop':
      return second === undefined ? { name: first } : `"${first}" takes nothing after it, not "${second}".`;
    case 'create-login':
      return second === undefined
        ? { name: first, mayChangeLogins: values['may-change-logins'] }
        : `"${first}" takes nothing after it, not "${second}": the profile names the login.`;
    case 'commissioning': {
      const to = commissioningWords.find((word) => word === second);
      return to === undefined ? `"${first}" wants ${commissioningWords.join(', ')}.` : { name: first, to };
    }
    case 'guard':
      return second === 'down' || second === 'up' ? { name: first, to: second } : '"guard" wants down or up.';
    case 'upgrade':
      if (second === 'begin') return { name: 'guard', to: 'down' };
      return second === 'end' ? { name: 'guard', to: 'up' } : '"upgrade" wants begin or end.';
    case 'assess':
    case 'discover':
      return second === undefined
        ? readVisit(first, values, port)
        : `"${first}" takes nothing after it, not "${second}".`;
    case 'trail':
      return second === 'verify' ? { name: 'trail-verify' } : '"trail" wants verify.';
    default:
      return `There is no command "${first}".`;
  }
}

/** Whether the command changes the site. */
export function changesSite(command: Command): boolean {
  switch (command.name) {
    case 'status':
    case 'trail-verify':
    case 'assess':
    case 'discover':
    case 'verify':
    case 'consumers':
    case 'probe':
    case 'help':
      return false;
    case 'commissioning':
      return command.to !== 'status';
    case 'secure-mode':
      return changesNetwork(command);
    case 'profile':
      return changesLibrary(command);
    case 'prepare':
    case 'remove':
    case 'create-login':
    case 'guard':
    case 'kit':
    case 'rotate':
    case 'reconcile':
    case 'adopt':
    case 'reset':
    case 'passwd':
    case 'try-defaults':
    case 'lockdown':
    case 'undo':
    case 'stop':
      return true;
    default:
      return assertNever(command);
  }
}
