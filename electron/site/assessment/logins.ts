import { grantsFor, seesLogins } from './grants.ts';
import { judge, partlyHidden, unread } from './ground.ts';
import type { FindingsOf, Judged } from './ground.ts';
import { rightsOfLogins } from './rights-of-logins.ts';

/** Whether service logins may take the guard down, and who else can. */
export const loginFindings: FindingsOf = (ground) => {
  const { principals } = ground.survey;
  const found: Judged[] = [];
  if (!principals.ok)
    return [...found, unread('logins', 'rights', { what: 'what the service logins may do', cause: principals.error })];
  const rights = rightsOfLogins(principals.value);
  const services = ground.profile.serviceLogins.map(({ login }) => login);
  for (const name of services) {
    const login = rights.find((each) => each.name.toLowerCase() === name.toLowerCase());
    if (login === undefined) {
      if (seesLogins(ground))
        found.push(
          judge('logins', `absent.${name}`, {
            severity: 'attention',
            title: `There is no login ${name}`,
            detail: 'The profile says that a service uses it.',
            next: 'Correct the profile. The logins in use are listed by "mortise discover".',
          }),
        );
      continue;
    }
    if (login.powers.length > 0)
      found.push(
        judge('logins', `rights.${name}`, {
          severity: 'attention',
          title: `${name} has more rights than a service needs`,
          detail:
            'It could take the guard down, or give itself the right to. The guard stops mistakes and clients, not the owner of the database: Mortise would name what was done, not prevent it.',
          next: 'Ask the vendor which rights the service really needs, and have the others taken away.',
          evidence: [...login.powers],
        }),
      );
  }
  if (!seesLogins(ground))
    return [
      ...found,
      partlyHidden('logins', 'rights', {
        what: 'the rights of all logins',
        grants: [grantsFor(ground).viewAnyDefinition],
      }),
    ];
  if (!found.some(({ finding }) => finding.id.startsWith('logins.rights.')) && services.length > 0)
    found.push(
      judge('logins', 'rights', {
        severity: 'good',
        title: 'No service login can take the guard down',
        detail: `${services.join(', ')}: neither sysadmin nor owner of the database, no right to alter the table.`,
      }),
    );
  found.push(
    judge('logins', 'owners', {
      severity: 'note',
      title: 'Who can take the guard down',
      detail: 'These logins could, enabled or not. Mortise names it when they do.',
      evidence: rights
        .filter(({ powers }) => powers.length > 0)
        .map(({ name, powers, disabled }) => `${name}: ${powers.join(', ')}${disabled ? ' (disabled)' : ''}`),
    }),
  );
  return found;
};
