import type { ObjectName, Query, Select } from '../ast.ts';
import type { CallFrame, Run } from '../evaluate/run.ts';
import { addTable } from '../define/create-table.ts';
import type { ColumnModel, TableModel } from '../model.ts';
import { sqlError } from '../sql-error.ts';
import { newRowId, rowChange } from '../storage/table-rows.ts';
import { isText } from '../values/facts.ts';
import { prepare } from './prepare.ts';
import { tellCount } from './row-writing.ts';
import { asStatement } from './transactions.ts';

/** SELECT ... INTO: a new table with the query's columns and rows (learn.microsoft.com/sql/t-sql/queries/select-into-clause-transact-sql). */
export async function selectInto(query: Query, name: ObjectName, frame: CallFrame, run: Run): Promise<void> {
  const plain: Select = { ...(query.body as Select), into: undefined };
  await asStatement(run.server, run.session, async (transaction) => {
    const { made, rows } = await prepare(run, frame, (binding) => {
      const bound = binding.query({ ...query, body: plain });
      const columns = bound.columns.map((column, index): ColumnModel => {
        if (column.name === '') throw sqlError(1038);
        return {
          columnId: index + 1,
          name: column.name,
          type: column.type,
          nullable: column.nullable,
          collation: isText(column.type) ? (column.coercion?.collation.name ?? binding.database.collation) : undefined,
          identity: undefined,
          default: undefined,
        };
      });
      const place = addTable(name, columns, binding);
      return { made: place, rows: () => [...bound.rows(undefined)] };
    });
    const content = rows();
    const table: TableModel = made(transaction.log);
    const inserted = content.map((row) => [newRowId(table), row] as const);
    transaction.log.make(rowChange(table, { inserted, deleted: [], replaced: [] }));
    tellCount(content.length, frame, run);
  });
}
