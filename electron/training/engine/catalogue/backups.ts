import type { BackupModel } from '../model.ts';
import type { SystemView } from '../registry.ts';
import {
  bigint,
  char,
  datetime,
  decimal,
  int,
  nvarchar,
  smallint,
  tinyint,
  uniqueidentifier,
} from '../values/types.ts';
import { roundToDatetime } from '../values/dates.ts';
import { always, type Column, column, numberColumn, flag, view } from './view.ts';

/** The history of backups in msdb. https://learn.microsoft.com/sql/relational-databases/system-tables/backupset-transact-sql */

const SETS: readonly Column<BackupModel>[] = [
  numberColumn('backup_set_id', (one) => one.backupSetId),
  numberColumn('media_set_id', (one) => one.backupSetId),
  always('position', int, 1),
  always('expiration_date', datetime, null),
  always('name', nvarchar(128), null),
  always('description', nvarchar(255), null),
  column('user_name', nvarchar(128), (one) => one.userName),
  column('database_name', nvarchar(128), (one) => one.databaseName),
  column('server_name', nvarchar(128), (one) => one.serverName),
  column('machine_name', nvarchar(128), (one) => one.serverName.split('\\')[0] ?? null),
  column('type', char(1), (one) => one.kind),
  column('backup_start_date', datetime, (one) => roundToDatetime(one.started)),
  column('backup_finish_date', datetime, (one) => roundToDatetime(one.finished)),
  column('backup_size', decimal(20, 0), (one) => one.sizeBytes),
  column('compressed_backup_size', decimal(20, 0), (one) => one.sizeBytes),
  flag('is_copy_only', (one) => one.copyOnly),
  flag('has_backup_checksums', (one) => one.checksum),
  flag('is_damaged', () => false),
  column('recovery_fork_guid', uniqueidentifier, (one) => one.recoveryForkGuid),
  column('last_recovery_fork_guid', uniqueidentifier, (one) => one.recoveryForkGuid),
];

export const backupViews: readonly SystemView[] = [
  view({ database: 'msdb', schema: 'dbo', name: 'backupset', columns: SETS, items: ({ model }) => model.backups }),
  view<BackupModel>({
    database: 'msdb',
    schema: 'dbo',
    name: 'backupmediafamily',
    columns: [
      numberColumn('media_set_id', (one) => one.backupSetId),
      always('family_sequence_number', tinyint, 1),
      column('physical_device_name', nvarchar(260), (one) => one.path),
      always('device_type', tinyint, 2),
      always('mirror', tinyint, 0),
    ],
    items: ({ model }) => model.backups,
  }),
  view<never>({
    database: 'msdb',
    schema: 'dbo',
    name: 'restorehistory',
    columns: [
      always('restore_history_id', int, 0),
      always('restore_date', datetime, null),
      always('destination_database_name', nvarchar(128), null),
      always('user_name', nvarchar(128), null),
      always('backup_set_id', int, 0),
      always('restore_type', char(1), null),
      always('recovery', smallint, null),
      always('stop_at', bigint, null),
    ],
    items: () => [],
  }),
];
