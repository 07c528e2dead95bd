import { grantsFor, seesLogins } from './grants.ts';
import { judge, partlyHidden, unread } from './ground.ts';
import type { AssessmentGround, FindingsOf, Judged } from './ground.ts';

const bears = ['credential rotation'] as const;

/** Which service logins could get a new password everywhere. */
export const rotationFindings: FindingsOf = (ground) => {
  const { server, principals } = ground.survey;
  if (server.ok && server.value.windowsOnly)
    return [
      judge('rotation', 'windows-only', {
        severity: 'note',
        title: 'Rotation does not apply to this site',
        detail: 'The server takes Windows logins only; their passwords belong to the domain.',
      }),
    ];
  if (ground.profile.serviceLogins.length === 0)
    return [
      judge('rotation', 'none', {
        severity: 'note',
        title: 'The profile names no service login',
        detail: 'Without one there is nothing to rotate.',
        next: 'Name the logins of the services and where each keeps its password, if rotation is wanted.',
      }),
    ];
  if (!principals.ok)
    return [unread('rotation', 'logins', { what: 'the state of the service logins', cause: principals.error, bears })];
  return ground.profile.serviceLogins.map(({ login, consumers }) => loginFinding(login, consumers, ground));
};

function loginFinding(login: string, consumers: readonly string[], ground: AssessmentGround): Judged {
  const { principals } = ground.survey;
  const known = principals.ok
    ? principals.value.sqlLogins.find(({ name }) => name.toLowerCase() === login.toLowerCase())
    : undefined;
  if (known === undefined && !seesLogins(ground))
    return partlyHidden('rotation', login, {
      what: `the state of the login ${login}`,
      grants: [grantsFor(ground).viewAnyDefinition],
      bears,
    });
  const copies = ground.consumers.filter(({ id }) => consumers.includes(id));
  const unreadable = copies.filter(({ failure }) => failure !== undefined);
  const evidence = copies.map(
    ({ place, failure }) => `${place}: ${failure === undefined ? 'can be read' : failure.sentence}`,
  );
  const why =
    known === undefined
      ? 'There is no SQL login of this name.'
      : known.disabled
        ? 'The login is disabled.'
        : known.locked
          ? 'The login is locked out.'
          : consumers.length === 0
            ? 'The profile names no place where its password is kept: services would be left with the old one.'
            : unreadable.length > 0
              ? 'A copy of its password cannot be read here: it is encrypted by the vendor, on another machine, or this account may not read it.'
              : undefined;
  if (why === undefined)
    return judge('rotation', login, {
      severity: 'good',
      title: `${login} can be rotated`,
      detail: 'The login works, and every copy of its password can be read and replaced.',
      evidence,
    });
  return judge('rotation', login, {
    severity: 'blocking',
    title: `${login} cannot be rotated`,
    detail: why,
    next: 'Put that right, or change its password by hand with the vendor.',
    evidence,
    bears,
  });
}
