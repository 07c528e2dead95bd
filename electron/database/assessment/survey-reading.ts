import type { IResult } from 'mssql';
import { rows } from '../rows.ts';
import type { Row } from '../rows.ts';
import { declaredType } from './column-type.ts';
import type {
  SurveyedColumn,
  SurveyedConnections,
  SurveyedControllers,
  SurveyedDatabase,
  SurveyedKey,
  SurveyedKind,
  SurveyedModules,
  SurveyedPlan,
  SurveyedPrincipals,
  SurveyedRight,
  SurveyedServer,
  SurveyedTable,
  SurveyedTrigger,
} from './survey.ts';

// Types the answers to the assessment's statements. An answer of another shape is a defect and throws.

type Answer = IResult<unknown>;

function only(answer: Answer, set: number): Row {
  const row = rows(answer, set)[0];
  if (row === undefined) throw new RangeError(`Result set ${set + 1} is empty.`);
  return row;
}

const yes = (row: Row, name: string): boolean => row.numberOrNull(name) === 1;

export function readServer(answer: Answer): SurveyedServer {
  const server = only(answer, 0);
  const rights = only(answer, 1);
  const nested = rows(answer, 2)[0];
  const select = rights.numberOrNull('select_controllers');
  return {
    machine: server.textOrNull('machine') ?? '',
    instance: server.textOrNull('instance') ?? '',
    version: server.textOrNull('version') ?? '',
    productLevel: server.textOrNull('product_level') ?? '',
    edition: server.textOrNull('edition') ?? '',
    engineEdition: server.numberOrNull('engine_edition') ?? 0,
    windowsOnly: yes(server, 'windows_only'),
    availabilityGroups: yes(server, 'availability_groups'),
    clustered: yes(server, 'is_clustered'),
    login: server.text('login_name'),
    user: server.textOrNull('user_name') ?? '',
    rights: {
      sysadmin: yes(rights, 'is_sysadmin'),
      viewServerState: yes(rights, 'view_server_state'),
      viewAnyDefinition: yes(rights, 'view_any_definition'),
      viewDefinition: yes(rights, 'view_definition'),
      viewDatabaseState: yes(rights, 'view_database_state'),
      selectControllers: select === null ? undefined : select === 1,
    },
    nestedTriggers: nested === undefined ? undefined : nested.numberOrNull('value_in_use') === 1,
  };
}

export function readDatabase(answer: Answer): SurveyedDatabase | undefined {
  const database = rows(answer, 0)[0];
  if (database === undefined) return undefined;
  return {
    name: database.text('name'),
    compatibilityLevel: database.number('compatibility_level'),
    state: database.textOrNull('state_desc') ?? '',
    access: database.textOrNull('user_access_desc') ?? '',
    readOnly: database.flag('is_read_only'),
    readCommittedSnapshot: database.flag('is_read_committed_snapshot_on'),
    snapshotIsolation: database.textOrNull('snapshot_isolation_state_desc') ?? '',
    containment: database.textOrNull('containment_desc') ?? '',
    recursiveTriggers: database.flag('is_recursive_triggers_on'),
    trustworthy: database.flag('is_trustworthy_on'),
    published: database.flag('is_published'),
    changeDataCapture: database.flag('is_cdc_enabled'),
    collation: database.textOrNull('collation_name') ?? '',
    isSnapshot: yes(database, 'is_snapshot'),
    isReplica: yes(database, 'is_replica'),
  };
}

export function readConnections(answer: Answer): SurveyedConnections {
  const own = rows(answer, 1)[0];
  return {
    sessions: rows(answer, 0).map((row) => ({
      login: row.text('login_name'),
      program: row.textOrNull('program_name') ?? '',
      host: row.textOrNull('host_name') ?? '',
      address: row.textOrNull('client_net_address') ?? '',
      localAddress: row.textOrNull('local_net_address') ?? '',
      transport: row.textOrNull('net_transport') ?? '',
      encrypted: row.textOrNull('encrypt_option') === 'TRUE',
      inDatabase: yes(row, 'in_database'),
      sessions: row.number('sessions'),
    })),
    own: {
      encrypted: own?.textOrNull('encrypt_option') === 'TRUE',
      transport: own?.textOrNull('net_transport') ?? '',
      port: own?.numberOrNull('local_tcp_port') ?? null,
    },
    listeners: rows(answer, 2).map((row) => ({
      address: row.text('ip_address'),
      port: row.number('port'),
      type: row.textOrNull('type_desc') ?? '',
      state: row.textOrNull('state_desc') ?? '',
    })),
    registry: rows(answer, 3).map((row) => ({
      key: row.textOrNull('registry_key') ?? '',
      name: row.textOrNull('value_name') ?? '',
      data: row.textOrNull('value_data') ?? '',
    })),
  };
}

/** Of one row of sys.columns joined to its type. */
export function readColumn(row: Row): SurveyedColumn {
  return {
    name: row.text('name'),
    type: declaredType({
      type: row.text('type_name'),
      maxLength: row.number('max_length'),
      precision: row.number('precision'),
      scale: row.number('scale'),
    }),
    nullable: row.flag('is_nullable'),
    identity: row.flag('is_identity'),
    computed: row.flag('is_computed'),
  };
}

/** Of rows that name one column of one unique index each, in the order of the index. */
export function readKeys(all: readonly Row[]): readonly SurveyedKey[] {
  const keys = new Map<string, SurveyedKey & { readonly columns: string[] }>();
  for (const row of all) {
    const name = row.textOrNull('index_name') ?? '';
    const key = keys.get(name) ?? {
      name,
      primary: row.flag('is_primary_key'),
      whole: !row.flag('has_filter') && !row.flag('is_disabled'),
      columns: [],
    };
    key.columns.push(row.text('column_name'));
    keys.set(name, key);
  }
  return [...keys.values()];
}

function readTriggers(all: readonly Row[]): readonly SurveyedTrigger[] {
  const triggers = new Map<string, SurveyedTrigger & { readonly events: SurveyedTrigger['events'][number][] }>();
  for (const row of all) {
    const name = row.text('name');
    const trigger = triggers.get(name) ?? {
      name,
      disabled: row.flag('is_disabled'),
      insteadOf: row.flag('is_instead_of_trigger'),
      events: [],
    };
    trigger.events.push({ event: row.text('event_name'), first: row.flag('is_first'), last: row.flag('is_last') });
    triggers.set(name, trigger);
  }
  return [...triggers.values()];
}

export function readTable(answer: Answer): SurveyedTable {
  const object = rows(answer, 0)[0];
  return {
    object:
      object === undefined
        ? undefined
        : {
            type: object.text('type').trimEnd(),
            description: object.text('type_desc'),
            published: object.flag('is_published'),
            owner: object.textOrNull('owner_name'),
            rows: object.numberOrNull('row_count') ?? 0,
            partitions: object.number('partition_count'),
          },
    columns: rows(answer, 1).map(readColumn),
    keys: readKeys(rows(answer, 2)),
    triggers: readTriggers(rows(answer, 3)),
    foreignKeys: rows(answer, 4).map((row) => ({
      name: row.text('name'),
      from: row.text('from_table'),
      to: row.text('to_table'),
      incoming: yes(row, 'is_incoming'),
    })),
    own: rows(answer, 5).map((row) => ({
      schema: row.text('schema_name'),
      name: row.text('name'),
      type: row.text('type_desc'),
    })),
    ownSchema: only(answer, 6).number('schemas') > 0,
  };
}

export function readKind(answer: Answer): SurveyedKind | undefined {
  const row = rows(answer, 0)[0];
  if (row === undefined) return undefined;
  return {
    memoryOptimised: row.flag('is_memory_optimized'),
    temporal: row.textOrNull('temporal_type_desc') ?? '',
    changeDataCapture: row.flag('is_tracked_by_cdc'),
    replicated: row.flag('is_replicated') || row.flag('is_merge_published'),
    external: row.flag('is_external'),
    fileTable: row.flag('is_filetable'),
  };
}

export function readModules(answer: Answer): SurveyedModules {
  return {
    mentioning: rows(answer, 0).map((row) => ({
      schema: row.textOrNull('schema_name') ?? '',
      name: row.text('name'),
      type: row.textOrNull('type_desc') ?? '',
      text: row.textOrNull('definition') ?? '',
    })),
    unreadable: rows(answer, 1).map((row) => `${row.textOrNull('schema_name') ?? ''}.${row.text('name')}`),
  };
}

export function readPlans(answer: Answer): readonly SurveyedPlan[] {
  return rows(answer, 0).map((row) => ({
    text: row.textOrNull('text') ?? '',
    lastRun: row.time('last_execution_time'),
    executions: row.numberOrNull('executions') ?? 0,
  }));
}

const readRight = (row: Row): SurveyedRight => ({
  grantee: row.number('grantee_principal_id'),
  permission: row.text('permission_name').trimEnd(),
  state: row.text('state').trimEnd(),
});

export function readPrincipals(answer: Answer): SurveyedPrincipals {
  return {
    logins: rows(answer, 0).map((row) => ({
      id: row.number('principal_id'),
      name: row.text('name'),
      type: row.text('type_desc'),
      disabled: row.flag('is_disabled'),
      userId: row.numberOrNull('user_id'),
      ownsDatabase: yes(row, 'owns_database'),
    })),
    serverRoles: rows(answer, 1).map((row) => ({
      member: row.number('member_principal_id'),
      role: row.text('role_name'),
    })),
    serverRights: rows(answer, 2).map(readRight),
    databaseRoles: rows(answer, 3).map((row) => ({
      member: row.number('member_principal_id'),
      roleId: row.number('role_principal_id'),
      role: row.text('role_name'),
    })),
    databaseRights: rows(answer, 4).map((row) => ({ ...readRight(row), on: row.text('class_desc') })),
    sqlLogins: rows(answer, 5).map((row) => ({
      name: row.text('name'),
      disabled: row.flag('is_disabled'),
      policyChecked: row.flag('is_policy_checked'),
      locked: yes(row, 'is_locked'),
    })),
  };
}

export function readControllers(answer: Answer): SurveyedControllers {
  const counts = only(answer, 0);
  return {
    total: counts.number('total'),
    asleep: counts.numberOrNull('asleep') ?? 0,
    withoutSerial: counts.numberOrNull('without_serial') ?? 0,
    models: rows(answer, 1).map((row) => ({
      model: row.textOrNull('model'),
      controllers: row.number('controllers'),
    })),
  };
}
