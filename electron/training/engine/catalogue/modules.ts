import type { ModuleModel } from '../model.ts';
import type { Surroundings, SystemView } from '../registry.ts';
import { bit, int, nvarchar } from '../values/types.ts';
import { always, column, flag, never, numberColumn, view } from './view.ts';

/** sys.sql_modules: the text of triggers, procedures, functions and views. */

/** The object whose rights decide about a module's text: a trigger's table, the module itself otherwise. */
function securedBy(module: ModuleModel): number {
  return module.kind === 'trigger' ? module.tableId : module.objectId;
}

/** The text for whoever has VIEW DEFINITION on it, NULL for others and where it is encrypted. https://learn.microsoft.com/sql/t-sql/functions/object-definition-transact-sql */
export function definitionFor(module: ModuleModel, surroundings: Surroundings): string | null {
  if (module.encrypted === true) return null;
  const { rights, database } = surroundings;
  return rights.onObject('VIEW DEFINITION', securedBy(module), database) ? module.definition : null;
}

function visibleModules(surroundings: Surroundings): readonly ModuleModel[] {
  const { database, rights } = surroundings;
  return database.objects
    .filter((object) => object.kind !== 'table')
    .filter((module) => rights.seesObject(securedBy(module), database));
}

export const moduleViews: readonly SystemView[] = ['sql_modules', 'all_sql_modules'].map((name) =>
  view<ModuleModel>({
    name,
    columns: [
      numberColumn('object_id', (one) => one.objectId),
      column('definition', nvarchar('max'), definitionFor),
      flag('uses_ansi_nulls', (one) => one.usesAnsiNulls),
      flag('uses_quoted_identifier', (one) => one.usesQuotedIdentifier),
      never('is_schema_bound'),
      never('uses_database_collation'),
      never('is_recompiled'),
      never('null_on_null_input'),
      column('execute_as_principal_id', int, (one) => (one.kind === 'procedure' ? (one.executeAs ?? null) : null)),
      always('uses_native_compilation', bit, false),
    ],
    items: visibleModules,
  }),
);
