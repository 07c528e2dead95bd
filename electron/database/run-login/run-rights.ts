import type { IResult } from 'mssql';
import { rows } from '../rows.ts';

/** What the login that asks may do. Null: what it is about is not there. */
export interface RunRights {
  readonly viewServerState: boolean;
  readonly viewAnyDefinition: boolean;
  readonly alterAnyLogin: boolean;
  readonly alterAnyConnection: boolean;
  readonly viewDatabaseState: boolean;
  readonly backup: boolean;
  readonly selectMortise: boolean | null;
  readonly executeMortise: boolean | null;
  /** Columns of the controller table that Mortise reads and this login may not. */
  readonly unreadable: readonly string[];
}

/** Of rights.sql, whose two result sets begin at `first`. */
export function readRunRights(answer: IResult<unknown>, first = 0): RunRights {
  const row = rows(answer, first)[0];
  if (row === undefined) throw new RangeError('The rights are an empty result set.');
  const held = (name: string) => row.numberOrNull(name) === 1;
  const heldOrNull = (name: string) => (row.numberOrNull(name) === null ? null : held(name));
  return {
    viewServerState:
      held('view_server_state') || (held('view_server_performance_state') && held('view_server_security_state')),
    viewAnyDefinition: held('view_any_definition'),
    alterAnyLogin: held('alter_any_login'),
    alterAnyConnection: held('alter_any_connection'),
    viewDatabaseState: held('view_database_state'),
    backup: held('backup_database'),
    selectMortise: heldOrNull('select_mortise'),
    executeMortise: heldOrNull('execute_mortise'),
    unreadable: rows(answer, first + 1)
      .map((column) => ({ name: column.text('name'), held: column.numberOrNull('may_select') === 1 }))
      .flatMap((column) => (column.held ? [] : [column.name])),
  };
}
