import { assertNever } from '#shared/assert-never.ts';
import type { Definition } from '../ast.ts';
import type { Binding } from '../evaluate/binding.ts';
import type { CallFrame, Run } from '../evaluate/run.ts';
import { takesImplicitTransaction } from '../execute/implicit-transaction.ts';
import { prepare } from '../execute/prepare.ts';
import { asStatement } from '../execute/transactions.ts';
import type { ChangeLog } from '../storage/change-log.ts';
import { sqlError } from '../sql-error.ts';
import { alterTable } from './alter-table.ts';
import { createTable } from './create-table.ts';
import { dropObjects } from './drop.ts';
import { createIndex, dropIndex } from './indexes.ts';
import { createModule } from './create-module.ts';
import { createSchema, dropSchema } from './schemas.ts';
import { switchTriggers } from './switch-trigger.ts';

/** What a definition does once its names are bound, its rights checked and its locks held. */
export type DefinitionChange = (log: ChangeLog) => void;

/** CREATE, ALTER, DROP of what lives in a schema: part of the transaction like any other change. */
export async function performDefinition(statement: Definition, frame: CallFrame, run: Run): Promise<void> {
  takesImplicitTransaction(frame, run);
  await asStatement(run.server, run.session, async (transaction) => {
    const change = await prepare(run, frame, (binding) => bindDefinition(statement, binding));
    change(transaction.log);
  });
  run.session.rowCount = 0;
}

function bindDefinition(statement: Definition, binding: Binding): DefinitionChange {
  if (binding.database.readOnly) throw sqlError(3906, binding.database.name);
  switch (statement.kind) {
    case 'create-table':
      return createTable(statement, binding);
    case 'alter-table':
      return alterTable(statement, binding);
    case 'create-trigger':
    case 'create-procedure':
    case 'create-function':
    case 'create-view':
      return createModule(statement, binding);
    case 'create-schema':
      return createSchema(statement, binding);
    case 'drop-schema':
      return dropSchema(statement, binding);
    case 'create-index':
      return createIndex(statement, binding);
    case 'drop-index':
      return dropIndex(statement, binding);
    case 'drop':
      return dropObjects(statement, binding);
    case 'switch-trigger':
      return switchTriggers(statement, binding);
    default:
      return assertNever(statement);
  }
}
