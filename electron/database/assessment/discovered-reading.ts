import type { IResult } from 'mssql';
import { rows } from '../rows.ts';
import type { Row } from '../rows.ts';
import type { DiscoveredServer, DiscoveredTable } from './discovered.ts';
import { readColumn, readKeys } from './survey-reading.ts';

// Types the answers to the statements of a discovery. An answer of another shape is a defect and throws.

export function readDiscoveredServer(answer: IResult<unknown>): Omit<DiscoveredServer, 'tables'> {
  const server = rows(answer, 0)[0];
  if (server === undefined) throw new RangeError('The server says nothing of itself.');
  return {
    machine: server.textOrNull('machine') ?? '',
    instance: server.textOrNull('instance') ?? '',
    version: server.textOrNull('version') ?? '',
    edition: server.textOrNull('edition') ?? '',
    login: server.text('login_name'),
    viewServerState: server.numberOrNull('view_server_state') === 1,
    viewAnyDefinition: server.numberOrNull('view_any_definition') === 1,
    databases: rows(answer, 1).map((row) => ({
      name: row.text('name'),
      state: row.textOrNull('state_desc') ?? '',
      accessible: row.number('accessible') === 1,
    })),
    sessions: rows(answer, 2).map((row) => ({
      login: row.text('login_name'),
      program: row.textOrNull('program_name') ?? '',
      host: row.textOrNull('host_name') ?? '',
      sessions: row.number('sessions'),
    })),
  };
}

function byTable(all: readonly Row[]): (objectId: number) => readonly Row[] {
  const found = new Map<number, Row[]>();
  for (const row of all) {
    const id = row.number('object_id');
    const before = found.get(id);
    if (before === undefined) found.set(id, [row]);
    else before.push(row);
  }
  return (objectId) => found.get(objectId) ?? [];
}

export function readDiscoveredTables(answer: IResult<unknown>): readonly DiscoveredTable[] {
  const columns = byTable(rows(answer, 1));
  const keys = byTable(rows(answer, 2));
  const references = byTable(rows(answer, 3));
  return rows(answer, 0).map((row) => {
    const id = row.number('object_id');
    return {
      schema: row.text('schema_name'),
      name: row.text('name'),
      rows: row.numberOrNull('row_count') ?? 0,
      partitions: row.number('partition_count'),
      insteadOfTriggers: row.number('instead_of_triggers'),
      owner: row.textOrNull('owner_name'),
      memoryOptimised: row.flag('is_memory_optimized'),
      temporal: row.textOrNull('temporal_type_desc') ?? '',
      external: row.flag('is_external'),
      fileTable: row.flag('is_filetable'),
      published: row.flag('is_published'),
      changeDataCapture: row.flag('is_tracked_by_cdc'),
      columns: columns(id).map(readColumn),
      keys: readKeys(keys(id)),
      referredBy: [...new Set(references(id).map((each) => each.text('from_table')))],
    };
  });
}
