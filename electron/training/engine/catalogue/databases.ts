import type { DatabaseModel } from '../model.ts';
import type { Surroundings, SystemView } from '../registry.ts';
import {
  bigint,
  decimal,
  int,
  nchar,
  nvarchar,
  sysname,
  tinyint,
  uniqueidentifier,
  varbinary,
} from '../values/types.ts';
import { visibleTables } from './table-columns.ts';
import { sidBytes } from './sids.ts';
import {
  always,
  column,
  dateColumn,
  flag,
  nameColumn,
  never,
  numberColumn,
  required,
  smallColumn,
  view,
  wordColumn,
} from './view.ts';

/** sys.databases and what belongs to a database as a whole: its files, its recovery forks. */

const MASTER_AND_TEMPDB = 2;
const ACCESS_NUMBERS = { MULTI_USER: 0, SINGLE_USER: 1, RESTRICTED_USER: 2 } as const;
const RECOVERY_NUMBERS = { FULL: 1, BULK_LOGGED: 2, SIMPLE: 3 } as const;

/** "you can always see master and tempdb": https://learn.microsoft.com/sql/relational-databases/system-catalog-views/sys-databases-transact-sql */
export function visibleDatabases({ model, rights }: Surroundings): readonly DatabaseModel[] {
  const all = rights.onServer('VIEW ANY DATABASE') || rights.onServer('ALTER ANY DATABASE');
  return model.databases.filter(
    (database) => all || database.databaseId <= MASTER_AND_TEMPDB || rights.mayEnter(database),
  );
}

interface DatabaseFile {
  readonly database: DatabaseModel;
  readonly isLog: boolean;
}

const PAGE_BYTES = 8192;
/** What an empty database and an empty log take up. */
const EMPTY_DATABASE_PAGES = 1024;
/** Measured by eye: rows of a site's tables are a few hundred bytes. */
const ROW_BYTES = 400;

/** Pages of 8 KB. A simulated database lies in no file: the size follows from its rows, so that it grows with them. */
export function sizeInPages({ database, isLog }: DatabaseFile): number {
  if (isLog) return EMPTY_DATABASE_PAGES;
  const rows = database.objects.reduce((sum, object) => sum + (object.kind === 'table' ? object.rows.size : 0), 0);
  return EMPTY_DATABASE_PAGES + Math.ceil((rows * ROW_BYTES) / PAGE_BYTES);
}

function files(database: DatabaseModel): readonly DatabaseFile[] {
  return [
    { database, isLog: false },
    { database, isLog: true },
  ];
}

function physicalName({ database, isLog }: DatabaseFile): string {
  return isLog ? `training:${database.name}_log.ldf` : `training:${database.name}.mdf`;
}

const FILE_COLUMNS = [
  numberColumn<DatabaseFile>('file_id', (one) => (one.isLog ? 2 : 1)),
  smallColumn<DatabaseFile>('type', (one) => (one.isLog ? 1 : 0)),
  wordColumn<DatabaseFile>('type_desc', (one) => (one.isLog ? 'LOG' : 'ROWS')),
  numberColumn<DatabaseFile>('data_space_id', (one) => (one.isLog ? 0 : 1)),
  nameColumn<DatabaseFile>('name', (one) => (one.isLog ? `${one.database.name}_log` : one.database.name)),
  column<DatabaseFile>('physical_name', nvarchar(260), physicalName),
  always<DatabaseFile>('state', tinyint, 0),
  always<DatabaseFile>('state_desc', nvarchar(60), 'ONLINE'),
  numberColumn<DatabaseFile>('size', sizeInPages),
  always<DatabaseFile>('max_size', int, -1),
  always<DatabaseFile>('growth', int, 8192),
  never<DatabaseFile>('is_media_read_only'),
  flag<DatabaseFile>('is_read_only', (one) => one.database.readOnly),
  never<DatabaseFile>('is_sparse'),
  never<DatabaseFile>('is_percent_growth'),
];

export const databaseViews: readonly SystemView[] = [
  view<DatabaseModel>({
    name: 'databases',
    columns: [
      nameColumn('name', (one) => one.name),
      numberColumn('database_id', (one) => one.databaseId),
      always('source_database_id', int, null),
      column('owner_sid', varbinary(85), (one) => sidBytes(one.ownerSid)),
      dateColumn('create_date', (one) => one.moving.created),
      smallColumn('compatibility_level', (one) => one.compatibilityLevel),
      column('collation_name', sysname, (one) => one.collation),
      smallColumn('user_access', (one) => ACCESS_NUMBERS[one.access]),
      wordColumn('user_access_desc', (one) => one.access),
      flag('is_read_only', (one) => one.readOnly),
      never('is_auto_close_on'),
      never('is_auto_shrink_on'),
      always('state', tinyint, 0),
      always('state_desc', nvarchar(60), 'ONLINE'),
      never('is_in_standby'),
      never('is_cleanly_shutdown'),
      never('is_supplemental_logging_enabled'),
      always('snapshot_isolation_state', tinyint, 0),
      always('snapshot_isolation_state_desc', nvarchar(60), 'OFF'),
      flag('is_read_committed_snapshot_on', (one) => one.readCommittedSnapshot),
      smallColumn('recovery_model', (one) => RECOVERY_NUMBERS[one.recoveryModel]),
      wordColumn('recovery_model_desc', (one) => one.recoveryModel),
      always('page_verify_option', tinyint, 2),
      always('page_verify_option_desc', nvarchar(60), 'CHECKSUM'),
      never('is_auto_create_stats_incremental_on'),
      flag('is_trustworthy_on', (one) => one.trustworthy),
      never('is_db_chaining_on'),
      never('is_recursive_triggers_on'),
      always('replica_id', uniqueidentifier, null),
      never('is_published'),
      never('is_broker_enabled'),
      always('log_reuse_wait', tinyint, 0),
      always('log_reuse_wait_desc', nvarchar(60), 'NOTHING'),
      never('is_cdc_enabled'),
      never('is_encrypted'),
      never('is_query_store_on'),
      always('containment', tinyint, 0),
      always('containment_desc', nvarchar(60), 'NONE'),
    ],
    items: visibleDatabases,
  }),
  view<DatabaseModel>({
    name: 'database_recovery_status',
    columns: [
      numberColumn('database_id', (one) => one.databaseId),
      column('database_guid', uniqueidentifier, (one) => one.familyGuid),
      column('family_guid', uniqueidentifier, (one) => one.familyGuid),
      always('last_log_backup_lsn', decimal(25, 0), null),
      column('recovery_fork_guid', uniqueidentifier, (one) => one.recoveryForkGuid),
      column('first_recovery_fork_guid', uniqueidentifier, (one) => one.familyGuid),
      always('fork_point_lsn', decimal(25, 0), null),
    ],
    items: visibleDatabases,
  }),
  view<DatabaseFile>({ name: 'database_files', columns: FILE_COLUMNS, items: ({ database }) => files(database) }),
  view<DatabaseFile>({
    name: 'master_files',
    columns: [numberColumn('database_id', (one) => one.database.databaseId), ...FILE_COLUMNS],
    items: (surroundings) =>
      surroundings.rights.onServer('VIEW ANY DEFINITION') ? surroundings.model.databases.flatMap(files) : [],
  }),
  // Where engineers look up how many rows a table has.
  view<{ readonly objectId: number; readonly indexId: number; readonly rows: number }>({
    name: 'partitions',
    columns: [
      required('partition_id', bigint, (one) => BigInt(one.objectId) * 256n + BigInt(one.indexId)),
      numberColumn('object_id', (one) => one.objectId),
      numberColumn('index_id', (one) => one.indexId),
      always('partition_number', int, 1),
      required('hobt_id', bigint, (one) => BigInt(one.objectId) * 256n + BigInt(one.indexId)),
      required('rows', bigint, (one) => BigInt(one.rows)),
      always('data_compression', tinyint, 0),
      always('data_compression_desc', nvarchar(60), 'NONE'),
    ],
    items: (surroundings) =>
      visibleTables(surroundings).map((table) => ({
        objectId: table.objectId,
        indexId: table.keys.some((key) => key.clustered) ? 1 : 0,
        rows: table.rows.size,
      })),
  }),
  view<Surroundings>({
    name: 'filegroups',
    columns: [
      always('name', sysname, 'PRIMARY'),
      always('data_space_id', int, 1),
      always('type', nchar(2), 'FG'),
      always('type_desc', nvarchar(60), 'ROWS_FILEGROUP'),
      never('is_read_only'),
    ],
    items: (surroundings) => [surroundings],
  }),
];
