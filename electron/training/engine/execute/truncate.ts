import type { RowStatement } from '../ast.ts';
import { definitionLock } from '../evaluate/access.ts';
import { findNamed } from '../evaluate/resolve.ts';
import type { CallFrame, Run } from '../evaluate/run.ts';
import { isAllowed } from '../security/permissions.ts';
import { sqlError } from '../sql-error.ts';
import { referencesTo } from '../storage/names.ts';
import { rowChange } from '../storage/table-rows.ts';
import { prepare } from './prepare.ts';
import { asStatement } from './transactions.ts';

/**
 * TRUNCATE TABLE fires no trigger; a foreign key that points at the table refuses it, empty or not, for everyone
 * (learn.microsoft.com/sql/t-sql/statements/truncate-table-transact-sql).
 */
export async function truncate(
  statement: Extract<RowStatement, { kind: 'truncate' }>,
  frame: CallFrame,
  run: Run,
): Promise<void> {
  const name = statement.table.parts.join('.');
  await asStatement(run.server, run.session, async (transaction) => {
    const table = await prepare(run, frame, (binding) => {
      const found = findNamed(statement.table, binding);
      if (!found || found.kind === 'system-view') throw sqlError(4701, statement.table.parts.at(-1) ?? '');
      if (found.kind === 'temporary') return found.table;
      const { object, database, resource } = found;
      const securable = { class: 'OBJECT' as const, database, objectId: object.objectId };
      if (!isAllowed(run.server.model, frame.identity, 'ALTER', securable)) throw sqlError(1088, name);
      if (object.kind !== 'table') throw sqlError(4708, name);
      binding.needs.locks.push(definitionLock(resource));
      const references = referencesTo(database, object.objectId).filter((one) => one.table !== object);
      if (references.length > 0) throw sqlError(4712, name);
      return object;
    });
    transaction.log.make(rowChange(table, { inserted: [], deleted: [...table.rows], replaced: [] }));
    transaction.log.set(table, 'identityLast', undefined);
  });
}
