import { assertNever } from '#shared/assert-never.ts';
import type { Reading } from '#shared/reading.ts';
import type { Verification } from '#shared/verification.ts';
import { exitCodeOf, exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { printFailure } from '../print.ts';
import type { RotationCommand } from '../rotation-arguments.ts';
import type { AskingSurroundings } from './command-surroundings.ts';

export interface RotationSurroundings extends AskingSurroundings {
  /** The setup principal that --setup-login names; null for the one that the site lends. */
  readonly setup: () => Promise<{ readonly login: string; readonly password: string } | null | 'missing'>;
}

/** Everything about passwords: over the same calls as the Security tab. */
export async function rotationCommand(command: RotationCommand, around: RotationSurroundings): Promise<ExitCode> {
  const { rotation } = around.client;
  switch (command.name) {
    case 'rotate':
      return await rotate(command, around);
    case 'verify':
      return await verify(command.logins, around);
    case 'reconcile':
    case 'try-defaults': {
      const call = command.name === 'reconcile' ? rotation.reconcile : rotation.tryDefaults;
      return await around.change({ ...call, plan: async () => await call.plan({ login: command.login }) });
    }
    case 'adopt': {
      const password = await around.askSecret(`Password of ${command.login} that is in force: `);
      if (password === undefined) return missing(command.login, around);
      const { adopt } = rotation;
      return await around.change({
        ...adopt,
        plan: async () => await adopt.plan({ login: command.login, password }),
      });
    }
    case 'reset': {
      const setup = await around.setup();
      if (setup === 'missing') return exitCodes.usage;
      const { reset } = rotation;
      return await around.change({ ...reset, plan: async () => await reset.plan({ login: command.login, setup }) });
    }
    case 'passwd':
      return await changeOwn(command.login, around);
    default:
      return assertNever(command);
  }
}

async function rotate(
  command: Extract<RotationCommand, { readonly name: 'rotate' }>,
  around: RotationSurroundings,
): Promise<ExitCode> {
  const { rotation } = around.client;
  const { all, back } = command;
  const logins = all ? await rotatable(around) : command.logins;
  if (typeof logins === 'number') return logins;
  const [login, ...more] = logins;
  if (login === undefined) {
    around.output.err('No login of this site can be rotated; "mortise status" says why.\n');
    return exitCodes.refused;
  }
  if (more.length > 0) {
    const { rotateMany } = rotation;
    return await around.change({ ...rotateMany, plan: async () => await rotateMany.plan({ logins: [...logins] }) });
  }
  const call = back ? rotation.restore : rotation.rotate;
  return await around.change({ ...call, plan: async () => await call.plan({ login }) });
}

async function rotatable({ client, output, json }: RotationSurroundings): Promise<readonly string[] | ExitCode> {
  const answer = await client.site.snapshot({});
  const why = !answer.ok
    ? answer.error
    : answer.value.logins.state === 'unknown'
      ? answer.value.logins.cause
      : undefined;
  if (why !== undefined) {
    printFailure(why, { json, plan: null }, output);
    return exitCodeOf(why.code);
  }
  return answer.ok && answer.value.logins.state === 'known'
    ? answer.value.logins.value.filter(({ rotatable: { possible } }) => possible).map(({ name }) => name)
    : [];
}

function missing(login: string, { output }: RotationSurroundings): ExitCode {
  output.err(`No password was given for ${login}: type it, or pipe it in as one line.\n`);
  return exitCodes.usage;
}

/** The old one, then the new one; a person who types is asked twice for what they cannot see. */
async function changeOwn(login: string, around: RotationSurroundings): Promise<ExitCode> {
  const from = await around.askSecret(`Present password of ${login}: `);
  if (from === undefined) return missing(login, around);
  const to = await around.askSecret(`New password of ${login}: `);
  if (to === undefined) return missing(login, around);
  // Piped in, it stands there once: a script does not mistype.
  if (around.typed && (await around.askSecret('The new password again: ')) !== to) {
    around.output.err('The two new passwords differ. Nothing was changed.\n');
    return exitCodes.usage;
  }
  const call = around.client.rotation.changeOwn;
  return await around.change({ ...call, plan: async () => await call.plan({ login, from, to }) });
}

/** Without a login every one that can be rotated. `agrees` is 0; anything that differs or is unknown is 6. */
async function verify(asked: readonly string[], around: RotationSurroundings): Promise<ExitCode> {
  const logins = asked.length === 0 ? await rotatable(around) : asked;
  if (typeof logins === 'number') return logins;
  const { client, output, json } = around;
  const verified: Verification[] = [];
  for (const login of logins) {
    const answer = await client.rotation.verify({ login });
    if (!answer.ok) {
      printFailure(answer.error, { json }, output);
      return exitCodeOf(answer.error.code);
    }
    verified.push(answer.value);
  }
  output.out(json ? `${JSON.stringify(verified, null, 2)}\n` : verified.map(verificationText).join('\n'));
  return verified.every(({ verdict }) => verdict === 'agrees') ? exitCodes.done : exitCodes.notAsItShould;
}

const words = {
  current: 'the current password',
  pending: 'the pending one',
  previous: 'the former one',
  another: 'another one',
  'not-readable': 'cannot be read back',
  'in-a-consumer': 'one that stands in a copy only',
  none: 'none of those that are known',
} as const;

const said = <T>(reading: Reading<T>, word: (value: T) => string): string =>
  reading.state === 'known' ? word(reading.value) : `unknown: ${reading.cause.sentence}`;

/** Which secret is where, a line each. */
export function verificationText({ login, works, consumers, services, sentence, next }: Verification): string {
  const lines = [
    `${login}: ${sentence}`,
    `  logs in with: ${said(works, (which) => words[which])}`,
    ...consumers.map(({ place, holds }) => `  ${place}: ${said(holds, (which) => words[which])}`),
    ...services.map(
      ({ name, loggedIn, how }) =>
        `  ${name}: ${said(loggedIn, (yes) => (yes ? 'logged in' : 'not logged in'))} (${how})`,
    ),
    ...(next === '' ? [] : [`  Next: ${next}`]),
  ];
  return `${lines.join('\n')}\n`;
}
