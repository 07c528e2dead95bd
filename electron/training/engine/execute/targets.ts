import type { Target, TableHint } from '../ast.ts';
import type { ColumnModel, DatabaseModel, TableModel } from '../model.ts';
import type { Binding } from '../evaluate/binding.ts';
import { resolveName } from '../evaluate/resolve.ts';
import { sqlError, unknownToTrainingSite } from '../sql-error.ts';
import { schemaName } from '../storage/names.ts';
import { sameName } from '../values/collation.ts';

/** The table that a statement writes to. */
export interface WriteTarget {
  readonly table: TableModel;
  readonly kind: 'stored' | 'temporary' | 'variable';
  /** Where its triggers and foreign keys are; undefined for temporary tables and variables. */
  readonly database: DatabaseModel | undefined;
  readonly resource: string;
  readonly hints: readonly TableHint[];
  /** `Acs.dbo.Controllers`, as errors name it. */
  readonly fullName: string;
  /** `dbo.Controllers`. */
  readonly name: string;
}

export function resolveTarget(target: Target, binding: Binding): WriteTarget {
  if (target.kind === 'table-variable') {
    const table = binding.frame.tableVariables.get(target.name.toLowerCase());
    if (!table) throw sqlError(1087, target.name);
    const named = { fullName: target.name, name: target.name };
    return { table, kind: 'variable', database: undefined, resource: '', hints: [], ...named };
  }
  const found = resolveName(target.name, binding);
  const { hints } = target;
  if (found.kind === 'temporary') {
    const { table } = found;
    const named = { fullName: `tempdb.dbo.${table.name}`, name: table.name };
    return { table, kind: 'temporary', database: undefined, resource: '', hints, ...named };
  }
  if (found.kind === 'system-view') throw sqlError(259);
  const { object, database, resource } = found;
  if (object.kind === 'view') throw unknownToTrainingSite(`changes through the view '${object.name}'`);
  if (object.kind !== 'table') throw sqlError(208, target.name.parts.join('.'));
  if (database.readOnly) throw sqlError(3906, database.name);
  const name = `${schemaName(database, object.schemaId)}.${object.name}`;
  return { table: object, kind: 'stored', database, resource, hints, fullName: `${database.name}.${name}`, name };
}

export function columnNamed(table: TableModel, name: string): ColumnModel {
  const column = table.columns.find((one) => sameName(one.name, name));
  if (!column) throw sqlError(207, name);
  return column;
}
