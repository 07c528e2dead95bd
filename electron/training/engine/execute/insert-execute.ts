import type { Statement } from '../ast.ts';
import type { CallFrame, Run } from '../evaluate/run.ts';
import type { Row } from '../model.ts';
import { sqlError } from '../sql-error.ts';
import { isText } from '../values/facts.ts';
import { findCollation } from '../values/collation.ts';
import type { ExecutedRows } from './insert.ts';
import { engineType, engineValue } from './wire.ts';

/** INSERT ... EXEC: the result sets of the call are the rows; the client does not see them. */
export async function rowsOfExecute(statement: Statement, frame: CallFrame, run: Run): Promise<ExecutedRows> {
  const rows: Row[] = [];
  let columns: ExecutedRows['columns'] = [];
  const inner: Run = {
    ...run,
    emit: (event) => {
      if (event.kind === 'message' || event.kind === 'transaction' || event.kind === 'database') {
        run.emit(event);
        return;
      }
      if (event.kind !== 'rows') return;
      if (columns.length > 0 && columns.length !== event.columns.length) throw sqlError(213);
      columns = event.columns.map(({ name, type, nullable }) => {
        const own = engineType(type);
        const coercion = isText(own)
          ? { collation: findCollation(run.server.model.instance.collation), strength: 'implicit' as const }
          : undefined;
        return { name, type: own, nullable, coercion };
      });
      for (const row of event.rows) {
        rows.push(row.map((value, index) => engineValue(value, event.columns[index]?.type ?? { name: 'int' })));
      }
    },
  };
  await run.execute([statement], frame, inner);
  return { columns, rows };
}
