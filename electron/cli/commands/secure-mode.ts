import { setTimeout as sleep } from 'node:timers/promises';
import { assertNever } from '#shared/assert-never.ts';
import { failure } from '#shared/errors.ts';
import type { Failure } from '#shared/errors.ts';
import { allowedAddressSchema } from '#shared/secure-mode.ts';
import { exitCodeOf, exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { printFailure } from '../print.ts';
import type { SecureModeCommand } from '../secure-mode-arguments.ts';
import { secureModeText } from '../status-text.ts';
import type { CommandSurroundings } from './command-surroundings.ts';
import { readStatus } from './read.ts';

export interface SecureModeSurroundings extends CommandSurroundings {
  readonly reason: string;
  /** When an address that is allowed now is no longer; null where it does not end by itself. */
  readonly until: string | null;
  /** How often the sessions are looked at while it waits, in milliseconds. */
  readonly every?: number;
}

const usualInterval = 5_000;

/** Carries out one command of secure mode. */
export async function secureModeCommand(command: SecureModeCommand, around: SecureModeSurroundings): Promise<ExitCode> {
  const { client, output, json, reason, change } = around;
  const { secureMode } = client;
  switch (command.to) {
    case 'status':
      return await readStatus(client, 'secure-mode', json, output);
    case 'on': {
      const waited = await waitForNobody(command.wait, around);
      return waited ?? (await change({ ...secureMode.on, plan: async () => await secureMode.on.plan({}) }));
    }
    case 'off':
      return await change({ ...secureMode.off, plan: async () => await secureMode.off.plan({ reason }) });
    case 'allow':
    case 'forbid':
      return await allow(command.to, command.address, around);
    case 'at-start': {
      const { installed } = command;
      return await change({ ...secureMode.atStart, plan: async () => await secureMode.atStart.plan({ installed }) });
    }
    case 'bind': {
      const { bindInstance } = secureMode;
      const { layer } = command;
      return await change({ ...bindInstance, plan: async () => await bindInstance.plan({ layer, reason }) });
    }
    case 'ask-probe': {
      const asked = await secureMode.askProbe({});
      if (!asked.ok) return failing(asked.error, around);
      const { nonce, command: line, powershell } = asked.value;
      output.out(
        json
          ? `${JSON.stringify(asked.value, null, 2)}\n`
          : `Run one of these on another machine in the same network, save everything it prints, and bring it here:\n"mortise secure-mode take-probe FILE". Request ${nonce}.\n\nWhere Mortise is:\n  ${line}\n\nOn a Windows PC that has nothing, in Windows PowerShell:\n\n${powershell}\n`,
      );
      return exitCodes.done;
    }
    case 'take-probe': {
      // Main reads the file that the command line named.
      const taken = await secureMode.takeProbe({ text: null });
      if (!taken.ok) return failing(taken.error, around);
      output.out(json ? `${JSON.stringify(taken.value.secureMode, null, 2)}\n` : `${secureModeText(taken.value)}\n`);
      return exitCodes.done;
    }
    default:
      return assertNever(command);
  }
}

function failing(error: Failure, { json, output }: SecureModeSurroundings): ExitCode {
  printFailure(error, { json, plan: null }, output);
  return exitCodeOf(error.code);
}

/** One address more, or one less, than those that are allowed now. */
async function allow(what: 'allow' | 'forbid', address: string, around: SecureModeSurroundings): Promise<ExitCode> {
  const { client, reason, until, change } = around;
  const checked = allowedAddressSchema.safeParse({ address, until });
  if (!checked.success)
    return failing(
      failure('block-impossible', { cause: `${address} is no address and no range in CIDR notation` }),
      around,
    );
  const now = await client.site.snapshot({});
  if (!now.ok) return failing(now.error, around);
  const { allowed } = now.value.secureMode;
  const others = allowed.filter((each) => each.address !== address);
  if (what === 'forbid' && others.length === allowed.length)
    return failing(failure('already-so', { what: `${address} is not among the allowed addresses` }), around);
  const wanted = what === 'allow' ? [...others, checked.data] : others;
  const call = client.secureMode.allow;
  return await change({ ...call, plan: async () => await call.plan({ allowed: wanted, reason }) });
}

/** Waits until no session from another machine is left; answers an exit code where that could not be read, or went on too long. */
async function waitForNobody(minutes: number, around: SecureModeSurroundings): Promise<ExitCode | undefined> {
  if (minutes === 0) return undefined;
  const { client, output, json, every = usualInterval } = around;
  const until = Date.now() + minutes * 60_000;
  for (;;) {
    const now = await client.site.snapshot({});
    if (!now.ok) return failing(now.error, around);
    const { sessions } = now.value;
    if (sessions.state === 'unknown') return failing(sessions.cause, around);
    const remote = sessions.value.filter(({ origin }) => origin === 'remote');
    if (remote.length === 0) return undefined;
    const who = remote.map(({ program, host, address }) => `${program} on ${host} (${address})`).join(', ');
    if (Date.now() + every > until)
      return failing(failure('not-allowed', { why: `After ${minutes} minutes there still is ${who}.` }), around);
    if (!json) output.err(`Waiting for ${who}.\n`);
    await sleep(every);
  }
}
