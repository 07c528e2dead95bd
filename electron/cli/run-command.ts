import { userInfo } from 'node:os';
import { assertNever } from '#shared/assert-never.ts';
import type { Client } from '#shared/client.ts';
import { failure } from '#shared/errors.ts';
import { rehearsalMinutes } from '#shared/vocabulary.ts';
import type { Command, CommandLine, CommissioningWord } from './arguments.ts';
import { assessCommand } from './commands/assess.ts';
import { carryOutChange } from './commands/change.ts';
import type { PlannedCall } from './commands/change.ts';
import type { AskingSurroundings } from './commands/command-surroundings.ts';
import { discoverCommand } from './commands/discover.ts';
import { changeLibrary } from './commands/profile.ts';
import { findCommand } from './commands/consumers.ts';
import { kitCommand } from './commands/kit.ts';
import { rotationCommand } from './commands/rotation.ts';
import { readStatus, verifyTrailCommand } from './commands/read.ts';
import { secureModeCommand } from './commands/secure-mode.ts';
import { exitCodeOf, exitCodes } from './exit-codes.ts';
import type { ExitCode } from './exit-codes.ts';
import { help } from './help.ts';
import { changesLibrary } from './profile-arguments.ts';
import { printFailure } from './print.ts';
import type { Output } from './print.ts';

export interface Surroundings {
  readonly client: Client;
  readonly output: Output;
  readonly ask: (question: string) => Promise<boolean>;
  /** A password that a person types or pipes in; undefined where none was given. */
  readonly askPassword?: (question: string) => Promise<string | undefined>;
  /** Another password than the setup principal's. */
  readonly askSecret?: (question: string) => Promise<string | undefined>;
  /** Whether a person types at a terminal. */
  readonly typed?: boolean;
}

const nobody = async (): Promise<undefined> => await Promise.resolve(undefined);

/** Carries out one understood command line over the same contract as the window. */
export async function runCommand(line: CommandLine, surroundings: Surroundings): Promise<ExitCode> {
  const { client, output, ask } = surroundings;
  const { command, json, yes } = line;
  const change = async (call: PlannedCall) => await carryOutChange(client, call, { json, yes, ask }, output);
  const reason = line.reason ?? 'Asked for on the command line';
  const around: AskingSurroundings = {
    client,
    output,
    json,
    change,
    askSecret: surroundings.askSecret ?? nobody,
    typed: surroundings.typed ?? false,
  };

  switch (command.name) {
    case 'help':
      output.out(help);
      return exitCodes.done;
    case 'status':
      return await readStatus(client, 'all', json, output);
    case 'trail-verify':
      return await verifyTrailCommand(client, json, output);
    case 'commissioning':
      if (command.to === 'status') return await readStatus(client, 'commissioning', json, output);
      return await change(commissioningCall(command.to, line, reason, client));
    case 'guard': {
      const setup = await setupOf(line, surroundings);
      if (setup === 'missing') return exitCodes.usage;
      const call = command.to === 'down' ? client.site.beginUpgrade : client.site.restoreGuard;
      return await change({ ...call, plan: async () => await call.plan({ setup, reason }) });
    }
    case 'secure-mode':
      return await secureModeCommand(command, { ...around, reason, until: line.until ?? null });
    case 'prepare':
    case 'remove': {
      const setup = await setupOf(line, surroundings);
      if (setup === 'missing') return exitCodes.usage;
      const call = client.site[command.name];
      return await change({ ...call, plan: async () => await call.plan({ setup }) });
    }
    case 'create-login': {
      const setup = await setupOf(line, surroundings);
      if (setup === 'missing') return exitCodes.usage;
      const call = client.site.createRunLogin;
      const { mayChangeLogins } = command;
      return await change({ ...call, plan: async () => await call.plan({ setup, mayChangeLogins }) });
    }
    case 'rotate':
    case 'verify':
    case 'reconcile':
    case 'adopt':
    case 'reset':
    case 'passwd':
    case 'try-defaults':
      return await rotationCommand(command, { ...around, setup: async () => await setupOf(line, surroundings) });
    case 'consumers':
      return await findCommand(client, json, output);
    case 'kit':
      return await kitCommand(command, around);
    case 'probe':
      throw new TypeError('This command needs no site.');
    case 'profile':
      if (!changesLibrary(command)) throw new TypeError('This command needs no site.');
      return await changeLibrary(command, client, { json, yes, ask }, output);
    case 'assess':
    case 'discover':
      return await visit(command, line, surroundings);
    case 'lockdown':
    case 'undo':
    case 'stop':
      return await lockdown(command, line, reason, change, surroundings);
    default:
      return assertNever(command);
  }
}

type Setup = { readonly login: string; readonly password: string } | null;

/** The setup principal that --setup-login names, with the password that is typed or piped in for this one command. */
async function setupOf(line: CommandLine, { output, askPassword }: Surroundings): Promise<Setup | 'missing'> {
  const login = line.setupLogin;
  if (login === undefined) return null;
  const password = await askPassword?.(`Password of ${login}: `);
  if (password !== undefined) return { login, password };
  output.err(`No password was given for ${login}: type it, or pipe it in as one line.\n`);
  return 'missing';
}

function commissioningCall(
  to: Exclude<CommissioningWord, 'status'>,
  line: CommandLine,
  reason: string,
  { commissioning }: Client,
): PlannedCall {
  const { on, rehearse } = commissioning;
  switch (to) {
    case 'on':
      return { ...on, plan: async () => await on.plan({ reason, openUntil: line.until ?? null }) };
    case 'rehearse':
      return {
        ...rehearse,
        plan: async () => await rehearse.plan({ reason, minutes: line.minutes ?? rehearsalMinutes }),
      };
    case 'off':
    case 'renew':
    case 'adopt': {
      const call = { off: commissioning.off, renew: commissioning.renewRegister, adopt: commissioning.adoptServer }[to];
      return { ...call, plan: async () => await call.plan({ reason }) };
    }
    default:
      return assertNever(to);
  }
}

async function visit(
  command: Extract<Command, { readonly name: 'assess' | 'discover' }>,
  line: CommandLine,
  surroundings: Surroundings,
): Promise<ExitCode> {
  const { client, output } = surroundings;
  const setup = await setupOf(line, surroundings);
  if (setup === 'missing') return exitCodes.usage;
  if (command.name === 'discover')
    return await discoverCommand(client, command, { json: line.json, password: setup?.password ?? '' }, output);
  return await assessCommand(client, { json: line.json, html: command.html, setup }, output);
}

/**
 * `lockdown` goes on with an unfinished one, and starts one where there is none. It never goes on with taking one back:
 * who asks for a locked site is not given an open one, least of all with `--yes` and exit code 0.
 */
async function lockdown(
  command: Extract<Command, { readonly name: 'lockdown' | 'undo' | 'stop' }>,
  line: CommandLine,
  reason: string,
  change: (call: PlannedCall) => Promise<ExitCode>,
  surroundings: Surroundings,
): Promise<ExitCode> {
  const { client, output } = surroundings;
  const { run, resume, undo, stop } = client.lockdown;
  if (command.name === 'stop') return await change({ ...stop, plan: async () => await stop.plan({}) });
  const setup = await setupOf(line, surroundings);
  if (setup === 'missing') return exitCodes.usage;
  if (command.name === 'undo') return await change({ ...undo, plan: async () => await undo.plan({ setup }) });
  const answer = await client.site.snapshot({});
  if (!answer.ok) {
    printFailure(answer.error, { json: line.json, plan: null }, output);
    return exitCodeOf(answer.error.code);
  }
  const { lockdown: now, logins } = answer.value;
  const open = now.state === 'interrupted' || now.state === 'failed';
  if (open && now.direction === 'back') {
    const goingBack = {
      ...failure('not-allowed', { why: 'A guided lockdown is being taken back, and that is not finished.' }),
      next: '"mortise undo" goes on with it, "mortise stop" leaves it as it is. Lock down after that.',
    };
    printFailure(goingBack, { json: line.json, plan: null }, output);
    return exitCodeOf(goingBack.code);
  }
  if (open) return await change({ ...resume, plan: async () => await resume.plan({ setup }) });
  if (line.login === undefined && logins.state === 'unknown') {
    printFailure(logins.cause, { json: line.json, plan: null }, output);
    return exitCodeOf(logins.cause.code);
  }
  const rotatable =
    logins.state === 'known'
      ? logins.value.filter((each) => each.role === 'service' && each.rotatable.possible).map(({ name }) => name)
      : [];
  const login = line.login ?? (rotatable.length === 1 ? rotatable[0] : undefined);
  if (login === undefined) {
    output.err(`Say with --login which service login to rotate: ${rotatable.join(', ') || 'none can be'}.\n`);
    return exitCodes.usage;
  }
  const engineer = line.engineer ?? userInfo().username;
  return await change({ ...run, plan: async () => await run.plan({ engineer, reason, login, setup }) });
}
