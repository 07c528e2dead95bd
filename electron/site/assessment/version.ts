import { judge, unread } from './ground.ts';
import type { FindingsOf, Judged, Purpose } from './ground.ts';

/** SQL Server 2016. */
const oldestSupported = 13;
const names: Readonly<Record<number, string>> = {
  8: '2000',
  9: '2005',
  10: '2008',
  11: '2012',
  12: '2014',
  13: '2016',
  14: '2017',
  15: '2019',
  16: '2022',
  17: '2025',
};

/** Engine editions that are no SQL Server on a machine (SERVERPROPERTY EngineEdition). */
const cloud = new Set([5, 6, 8, 9, 11, 12]);

const everything: readonly Purpose[] = ['commissioning mode', 'credential rotation', 'secure mode'];

/** The major number of a version such as 15.0.4430.1; not a number where it cannot be told. */
export const majorOf = (version: string): number => Number.parseInt(version, 10);

/** Whether Mortise changes anything on a server of this version. */
export const isSupported = (version: string): boolean => majorOf(version) >= oldestSupported;

export const versionFindings: FindingsOf = ({ survey }) => {
  const { server } = survey;
  if (!server.ok)
    return [unread('version', 'unread', { what: 'version and edition', cause: server.error, bears: everything })];
  const { version, productLevel, edition, engineEdition } = server.value;
  const major = majorOf(version);
  const name = names[major];
  const label = `${name === undefined ? 'SQL Server' : `SQL Server ${name}`} (${version}${productLevel === '' ? '' : `, ${productLevel}`})`;
  const found: Judged[] = [];
  if (Number.isNaN(major))
    found.push(
      judge('version', 'version', {
        severity: 'unknown',
        title: 'The version cannot be told',
        detail: `The server says "${version}".`,
        next: 'Find out what this server is before anything is changed on it.',
        bears: everything,
      }),
    );
  else if (major < oldestSupported)
    found.push(
      judge('version', 'version', {
        severity: 'blocking',
        title: `${label} is too old`,
        detail:
          'The oldest version that Mortise changes anything on is SQL Server 2016 (13.x). It is read, and left as it is.',
        next: 'Have the instance upgraded. Until then this report is what Mortise can give.',
        bears: everything,
      }),
    );
  else
    found.push(
      judge('version', 'version', {
        severity: name === undefined ? 'attention' : 'good',
        title: label,
        detail: name === undefined ? 'This version is newer than those that Mortise was shown with.' : edition,
        next: name === undefined ? 'Ask for a newer Mortise before anything is changed here.' : null,
      }),
    );
  found.push(
    cloud.has(engineEdition)
      ? judge('version', 'edition', {
          severity: 'blocking',
          title: `${edition} is no server on a machine`,
          detail: 'Mortise locks SQL Server on a machine of the site. This one is a service in a cloud.',
          next: 'Nothing here can be locked down by Mortise.',
          bears: everything,
        })
      : judge('version', 'edition', {
          severity: 'note',
          title: edition,
          detail: `${server.value.machine}, instance ${server.value.instance}.`,
        }),
  );
  if (server.value.clustered || server.value.availabilityGroups)
    found.push(
      judge('version', 'several-machines', {
        severity: 'attention',
        title: server.value.clustered ? 'A failover cluster' : 'Availability groups are switched on',
        detail: 'The database may move to another machine, where the lock is named as moved until it is adopted there.',
        next: 'Run Mortise on each machine that can hold the database.',
      }),
    );
  return found;
};
