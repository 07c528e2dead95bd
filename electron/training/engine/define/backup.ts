import type { SecurityStatement } from '../ast.ts';
import { emptyFrame } from '../evaluate/bound.ts';
import type { CallFrame, Run } from '../evaluate/run.ts';
import { prepare } from '../execute/prepare.ts';
import type { BackupModel, DatabaseModel } from '../model.ts';
import { encodeDatabase } from '../encode.ts';
import { isAllowed } from '../security/permissions.ts';
import { identityName } from '../security/identity.ts';
import { sqlError, unknownToTrainingSite } from '../sql-error.ts';
import { findDatabase } from '../storage/names.ts';
import { withoutUncommitted } from '../storage/change-log.ts';

type BackupStatement = Extract<SecurityStatement, { kind: 'backup-database' }>;

const known = new Set([
  'COPY_ONLY',
  'CHECKSUM',
  'NO_CHECKSUM',
  'COMPRESSION',
  'NO_COMPRESSION',
  'INIT',
  'NOINIT',
  'FORMAT',
  'NOFORMAT',
  'SKIP',
  'NOSKIP',
  'STATS',
  'NAME',
  'DESCRIPTION',
  'DIFFERENTIAL',
  'STOP_ON_ERROR',
  'CONTINUE_AFTER_ERROR',
  'MEDIANAME',
  'MEDIADESCRIPTION',
  'BUFFERCOUNT',
  'MAXTRANSFERSIZE',
  'BLOCKSIZE',
  'EXPIREDATE',
  'RETAINDAYS',
]);

/**
 * BACKUP DATABASE writes no file: what the file would hold is kept in the model beside its path
 * (learn.microsoft.com/sql/t-sql/statements/backup-transact-sql). No part of a transaction.
 */
export async function backUpDatabase(statement: BackupStatement, frame: CallFrame, run: Run): Promise<void> {
  const { server, session } = run;
  const { model } = server;
  const { name, paths } = await prepare(run, frame, (binding) => ({
    name:
      typeof statement.database === 'string'
        ? statement.database
        : String(binding.expression(statement.database).evaluate(emptyFrame) ?? ''),
    paths: statement.targets.map((target) => String(binding.expression(target).evaluate(emptyFrame) ?? '')),
  }));
  const database = findDatabase(model, name);
  if (!database) throw sqlError(911, name);
  if (!isAllowed(model, frame.identity, 'BACKUP DATABASE', { class: 'DATABASE', database })) {
    throw sqlError(262, 'BACKUP DATABASE', database.name);
  }
  if (session.transaction) throw sqlError(3021);
  if (database.name === 'tempdb') throw sqlError(3147);
  const options = new Set(statement.options.map((option) => option.name));
  const strange = [...options].find((option) => !known.has(option));
  if (strange !== undefined) throw unknownToTrainingSite(`the option ${strange} of BACKUP`);
  const path = paths[0];
  if (path === undefined || path === '')
    throw sqlError(3201, path ?? '', '3(The system cannot find the path specified.)');
  const content = withoutUncommitted(
    [...server.sessions.values()].flatMap((one) => one.transaction?.log ?? []),
    () => encodeDatabase(database),
  );
  const pages = Math.max(8, Math.ceil(content.length / 8192));
  const backup: BackupModel = {
    backupSetId: Math.max(0, ...model.backups.map((one) => one.backupSetId)) + 1,
    databaseName: database.name,
    kind: options.has('DIFFERENTIAL') ? 'I' : 'D',
    copyOnly: options.has('COPY_ONLY'),
    checksum: options.has('CHECKSUM'),
    path,
    userName: identityName(frame.identity),
    serverName: serverName(model.instance),
    sizeBytes: BigInt(pages * 8192),
    recoveryForkGuid: database.recoveryForkGuid,
    started: run.now,
    finished: server.now(),
    content: kept(content),
  };
  model.backups.push(backup);
  server.changed();
  tell(database, pages, frame, run);
}

/** A large database's content is not kept twice: who restores a backup does it in small sites. */
const largestContent = 4_000_000;
const kept = (content: string): string | undefined => (content.length > largestContent ? undefined : content);

function serverName(instance: { readonly machineName: string; readonly instanceName: string | undefined }): string {
  return instance.instanceName === undefined
    ? instance.machineName
    : `${instance.machineName}\\${instance.instanceName}`;
}

function tell(database: DatabaseModel, pages: number, frame: CallFrame, run: Run): void {
  for (const error of [
    sqlError(4035, pages, database.name, database.name, 1),
    sqlError(3014, pages, '0.010', '80.000'),
  ]) {
    run.emit({ kind: 'message', message: { ...error.asMessage(), procedure: frame.name } });
  }
}
