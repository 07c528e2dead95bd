import { judge, unread } from './ground.ts';
import type { AssessmentGround, Judged } from './ground.ts';

const bears = ['commissioning mode'] as const;
/** That of SQL Server 2016, the oldest supported version. */
const usualLevel = 130;

/** Settings of database and server that decide whether a guard can be put up, and whether it fires. */
export function databaseFindings({ profile, survey }: AssessmentGround): readonly Judged[] {
  const { server, database: reading } = survey;
  const found: Judged[] = [];
  const database = reading.ok ? reading.value : undefined;
  if (!reading.ok)
    found.push(
      unread('controller-table', 'database', { what: 'the settings of the database', cause: reading.error, bears }),
    );
  else if (database === undefined)
    found.push(
      judge('controller-table', 'database', {
        severity: 'unknown',
        title: `The settings of ${profile.endpoint.database} were not read`,
        detail: 'The server shows this login no such database.',
        next: 'Assess again with a login that may enter it.',
        bears,
      }),
    );
  if (database !== undefined) {
    const closed = [
      ...(database.state === 'ONLINE' ? [] : [`Its state is ${database.state}.`]),
      ...(database.isSnapshot ? ['It is a database snapshot, which nobody can write.'] : []),
      ...(database.readOnly && !database.isSnapshot ? ['It is read-only, or a readable secondary.'] : []),
      ...(database.access === 'SINGLE_USER' ? ['It is in single-user mode.'] : []),
    ];
    found.push(
      closed.length > 0
        ? judge('controller-table', 'database', {
            severity: 'blocking',
            title: `Nothing can be put into ${database.name} as it is`,
            detail: closed.join(' '),
            next: 'Have that changed by whoever looks after the database, then assess again.',
            bears,
          })
        : judge('controller-table', 'database', {
            severity: 'good',
            title: `${database.name} is online and can be written`,
            detail: `Compatibility level ${database.compatibilityLevel}, containment ${database.containment}, read committed snapshot ${database.readCommittedSnapshot ? 'on' : 'off'}, snapshot isolation ${database.snapshotIsolation}, collation ${database.collation}.`,
          }),
    );
    const old = database.compatibilityLevel < usualLevel;
    const notes = [
      ...(old
        ? [
            `Its compatibility level is ${database.compatibilityLevel}, older than SQL Server 2016: rehearse the lock before you rely on it.`,
          ]
        : []),
      ...(database.readCommittedSnapshot || database.snapshotIsolation === 'ON'
        ? [
            'Readers see row versions: the guard reads its state under a lock all the same, and locking waits for open transactions.',
          ]
        : []),
      ...(database.recursiveTriggers
        ? ['Recursive triggers are switched on: a trigger of the vendor that writes the table fires the guard again.']
        : []),
      ...(database.containment === 'NONE'
        ? []
        : ['It is a contained database: users may log in that the server does not list.']),
      ...(database.trustworthy
        ? ['TRUSTWORTHY is on: whoever owns the database may become more on the server than it should.']
        : []),
      ...(database.isReplica ? ['It belongs to an availability group.'] : []),
      ...(database.published ? ['It is published for replication.'] : []),
      ...(database.changeDataCapture ? ['Change data capture is switched on.'] : []),
      ...(database.access === 'RESTRICTED_USER' ? ['It is in restricted-user mode.'] : []),
    ];
    if (notes.length > 0)
      found.push(
        judge('controller-table', 'database-settings', {
          severity:
            old || database.trustworthy || database.isReplica || database.containment !== 'NONE' ? 'attention' : 'note',
          title: 'Settings of the database worth knowing',
          detail: 'None of them is known to keep the lock from working.',
          evidence: notes,
        }),
      );
  }
  found.push(nested(server.ok ? server.value.nestedTriggers : undefined));
  return found;
}

function nested(on: boolean | undefined): Judged {
  if (on === undefined)
    return judge('controller-table', 'nested-triggers', {
      severity: 'unknown',
      title: 'The setting "nested triggers" was not read',
      detail: 'With it switched off, what another trigger writes to the controller table passes the guard.',
      next: 'Read sys.configurations as an administrator.',
      bears,
    });
  return on
    ? judge('controller-table', 'nested-triggers', {
        severity: 'good',
        title: 'Nested triggers are on',
        detail: 'The guard also sees what other triggers write.',
      })
    : judge('controller-table', 'nested-triggers', {
        severity: 'attention',
        title: 'Nested triggers are off',
        detail:
          'What another trigger writes to the controller table passes the guard, whatever commissioning mode says.',
        next: "Have it switched on (sp_configure 'nested triggers', 1; RECONFIGURE), if the vendor agrees.",
      });
}
