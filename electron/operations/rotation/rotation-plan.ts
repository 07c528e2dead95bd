import { counted } from '#shared/counted.ts';
import type { Affected, PlannedChange, PlanStep } from '#shared/plan.ts';
import { succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import { Secret } from '#shared/secret.ts';
import type { Consumer } from '#electron/consumers/consumer.ts';
import { mortiseProgram } from '#electron/database/connect.ts';
import { statementText } from '#electron/database/catalogue.ts';
import { quoteIdentifier } from '#electron/database/quoting.ts';
import type { LoginFacts } from '#electron/database/site-database.ts';
import { storeNames } from '#electron/secrets/secret-store.ts';
import type { RotationBegun } from './rotation-journal.ts';
import type { RotatedLogin, RotationParts } from './rotation-parts.ts';

/** The change of one login's entry in the store, as it is shown. */
export function secretChange(parts: RotationParts, login: string, action: string): PlannedChange {
  return { kind: 'secret', store: storeNames[parts.store.kind], entry: login, action };
}

/** What each consumer's place will look like, both passwords as `[secret]`. */
export async function consumerChanges(consumers: readonly Consumer[]): Promise<Result<PlannedChange[]>> {
  const files: PlannedChange[] = [];
  for (const consumer of consumers) {
    const diff = await consumer.preview();
    if (!diff.ok) return diff;
    files.push({ kind: 'file', path: consumer.place, diff: diff.value });
  }
  return succeed(files);
}

/** What depends on the services first, then they in the profile's order; started in the reverse. */
export function serviceChanges(action: 'stop' | 'start', { services, dependants }: RotatedLogin): PlannedChange[] {
  const stopped = [...dependants, ...services];
  return (action === 'stop' ? stopped : stopped.toReversed()).map((name) => ({ kind: 'service', name, action }));
}

/** Every step of a rotation with the exact text and edits. */
export async function rotationPlan(
  parts: RotationParts,
  target: RotatedLogin,
  to: RotationBegun['to'],
): Promise<Result<PlanStep[]>> {
  const { login } = target;
  const files = await consumerChanges(target.consumers);
  if (!files.ok) return files;
  const secret = (action: string) => [secretChange(parts, login, action)];
  const { administrator } = parts;
  const statement = statementText(
    administrator === undefined ? 'change-own-password' : 'set-login-password',
    shownVariables(login),
  );
  const generated = to === 'generated';
  return succeed([
    {
      id: 'stage',
      title: 'Store the new password beside the one in use',
      changes: secret(generated ? 'generate and store as pending' : 'the former one becomes pending'),
    },
    {
      id: 'stop',
      title: 'Stop the services that hold it',
      changes: serviceChanges('stop', target),
    },
    {
      id: 'switch',
      title: 'Change it on the server',
      changes: [{ kind: 'tsql', where: 'master', as: administrator?.login ?? login, text: statement.trimEnd() }],
    },
    { id: 'deploy', title: 'Write it where the services read it', changes: files.value },
    {
      id: 'start',
      title: 'Start the services again',
      changes: serviceChanges('start', target),
    },
    { id: 'prove', title: 'Prove it: a fresh login, and the service’s own', changes: [] },
    {
      id: 'commit',
      title: 'Keep it as the current one',
      changes: secret(generated ? 'pending becomes current, current becomes previous' : 'pending becomes current'),
    },
  ]);
}

/** The statement as it is shown: the passwords as their type prints them. */
function shownVariables(login: string): ReadonlyMap<string, string> {
  const hidden = String(new Secret(''));
  return new Map([
    ['Login', quoteIdentifier(login)],
    ['NewPassword', `N'${hidden}'`],
    ['OldPassword', `N'${hidden}'`],
  ]);
}

/** Who is connected as this login and is none of its services: it holds the password somewhere Mortise does not know. */
export interface OtherUsers {
  readonly affected: readonly Affected[];
  readonly warnings: readonly string[];
}

/** Sessions of this login by program and machine, without those of its own services' processes and Mortise's own. */
export async function otherUsers(parts: RotationParts, target: RotatedLogin): Promise<Result<OtherUsers>> {
  // Mortise's own login is connected for Mortise itself.
  if (target.login === parts.profile.runLogin) return succeed({ affected: [], warnings: [] });
  const sessions = await parts.database.sessionsOf(target.login);
  if (!sessions.ok) return sessions;
  const own = new Set<number>();
  for (const name of target.services) {
    const status = await parts.services.inspect(name);
    if (status.state === 'known' && status.value.processId !== null) own.add(status.value.processId);
  }
  const others = new Set(
    sessions.value
      // Mortise has just logged in as it, to see that the password works.
      .filter(
        ({ processId, program }) =>
          processId === null || !(own.has(processId) || (processId === process.pid && program === mortiseProgram)),
      )
      .map(({ program, host }) => `${program === '' ? 'a program without a name' : program} on ${host}`),
  );
  return succeed({
    affected: [...others].map((who) => ({
      who,
      how: `Is connected as ${target.login} and is none of its services: it is refused at its next login, until somebody gives it the new password.`,
    })),
    warnings:
      others.size === 0
        ? []
        : [
            `Programs that Mortise does not know use ${target.login}. One that keeps trying the old password can lock the login out: find its copy first, or switch secure mode on if it is on another machine.`,
          ],
  });
}

/** So far back refused logins are of interest, in milliseconds. */
const lately = 7 * 24 * 60 * 60 * 1000;

/** What the server tells of refused logins: somebody who tries a wrong password now goes on doing so afterwards. */
export async function refusedLogins(parts: RotationParts, login: string, facts: LoginFacts): Promise<OtherUsers> {
  const { badPasswords } = facts;
  const count =
    badPasswords === null || badPasswords === 0
      ? []
      : [
          `${counted(badPasswords, 'login', 'logins')} of ${login} ${badPasswords === 1 ? 'was' : 'were'} refused since it last logged in: somebody tries a wrong password. Windows locks an account after 10 by default.`,
        ];
  const log = await parts.database.refusedLogins(login);
  if (!log.ok)
    return {
      affected: [
        {
          who: 'Programs with an old password',
          how: 'Not looked for in the error log of SQL Server, which the run login may not read.',
        },
      ],
      warnings: count,
    };
  const since = parts.clock.now().getTime() - lately;
  const recent = log.value.filter(({ at }) => at.getTime() >= since);
  if (recent.length === 0) return { affected: [], warnings: count };
  const clients = [...new Set(recent.map(({ client }) => client))].toSorted();
  return {
    affected: [],
    warnings: [
      ...count,
      `In the last 7 days ${counted(recent.length, 'login', 'logins')} of ${login} ${recent.length === 1 ? 'was' : 'were'} refused, from ${clients.join(', ')}. Whatever tries there can lock the login out after the rotation: find it first, or switch secure mode on.`,
    ],
  };
}

/** What on the server itself has to be changed by hand afterwards. */
export async function holderWarnings(parts: RotationParts, login: string): Promise<Result<readonly string[]>> {
  const holders = await parts.database.holdersOf(login);
  if (!holders.ok) return holders;
  return succeed(
    holders.value.map(
      ({ kind, name }) =>
        `The ${kind} ${name} on this server has a password of ${login} of its own, which Mortise cannot change: enter the new one there.`,
    ),
  );
}
