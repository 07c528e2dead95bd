import { grantsFor, seesLogins } from './grants.ts';
import { judge, unread } from './ground.ts';
import type { FindingsOf, Judged } from './ground.ts';

/** What the login that assessed may read, and whether Mortise's own login is there. */
export const rightFindings: FindingsOf = (ground) => {
  const { server, principals } = ground.survey;
  if (!server.ok) return [unread('rights', 'unread', { what: 'the rights of this login', cause: server.error })];
  const { rights, login } = server.value;
  const grants = grantsFor(ground);
  const missing = [
    ...(rights.sysadmin || rights.viewServerState ? [] : [grants.viewServerState]),
    ...(rights.sysadmin || rights.viewAnyDefinition ? [] : [grants.viewAnyDefinition]),
    ...(rights.sysadmin || rights.selectControllers !== false ? [] : [grants.selectControllers]),
  ];
  const found: Judged[] = [
    missing.length === 0
      ? judge('rights', 'reading', {
          severity: 'good',
          title: `${login} may read everything that this report is made from`,
          detail: rights.sysadmin
            ? 'It is a sysadmin.'
            : 'VIEW SERVER STATE, VIEW ANY DEFINITION, SELECT on the table.',
        })
      : judge('rights', 'reading', {
          severity: 'attention',
          title: `${login} may not read everything`,
          detail: 'What it may not read is "unknown" in this report, never good.',
          next: 'Have an administrator run these statements, or assess with a login that has the rights.',
          evidence: missing,
        }),
  ];
  const { runLogin } = ground.profile;
  const own = principals.ok
    ? principals.value.logins.find(({ name }) => name.toLowerCase() === runLogin.toLowerCase())
    : undefined;
  if (own === undefined && principals.ok && seesLogins(ground))
    found.push(
      judge('rights', 'run-login', {
        severity: 'attention',
        title: `Mortise's own login ${runLogin} is not there yet`,
        detail: 'Mortise needs it for everything but preparing the site.',
        next: 'Let Mortise create it with exactly the rights it needs, on request and with a preview.',
      }),
    );
  if (own?.disabled === true)
    found.push(
      judge('rights', 'run-login', {
        severity: 'attention',
        title: `Mortise's own login ${runLogin} is disabled`,
        detail: 'Mortise cannot work with it.',
        next: 'Have an administrator enable it.',
      }),
    );
  return found;
};
