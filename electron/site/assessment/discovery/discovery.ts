import type { Discovery } from '#shared/sites.ts';
import type { DiscoveredServer } from '#electron/database/assessment/discovered.ts';
import { quoteIdentifier } from '#electron/database/quoting.ts';
import { isSupported } from '../version.ts';
import { tableCandidates } from './table-candidates.ts';

/** What can be made of a server that was looked at, to write a profile with. */
export function discoveryOf(found: DiscoveredServer): Discovery {
  const { machine, instance, version, edition, tables } = found;
  return {
    server: { machine, instance, version, edition, supported: isSupported(version) },
    as: found.login,
    databases: found.databases.map((database) => ({ ...database })),
    candidates: tables?.ok === true ? [...tableCandidates(tables.value)] : [],
    loginsInUse: loginsInUse(found),
    unread: unreadOf(found),
  };
}

const distinct = (texts: readonly string[]) => [...new Set(texts.filter((text) => text !== ''))].toSorted();

function loginsInUse({ sessions }: DiscoveredServer): Discovery['loginsInUse'] {
  const logins = [...new Set(sessions.map(({ login }) => login))].toSorted((a, b) => a.localeCompare(b, 'en'));
  return logins.map((login) => {
    const own = sessions.filter((each) => each.login === login);
    return {
      login,
      programs: distinct(own.map(({ program }) => program)),
      hosts: distinct(own.map(({ host }) => host)),
      sessions: own.reduce((sum, each) => sum + each.sessions, 0),
    };
  });
}

function unreadOf({ login, viewServerState, viewAnyDefinition, tables }: DiscoveredServer): string[] {
  const grantee = quoteIdentifier(login);
  return [
    ...(viewServerState
      ? []
      : [`Sessions of other logins are hidden from ${login}: GRANT VIEW SERVER STATE TO ${grantee};`]),
    ...(viewAnyDefinition
      ? []
      : [`Tables that ${login} has no right to are hidden from it: GRANT VIEW ANY DEFINITION TO ${grantee};`]),
    ...(tables?.ok === false ? [`The tables were not read. ${tables.error.sentence}`] : []),
  ];
}
