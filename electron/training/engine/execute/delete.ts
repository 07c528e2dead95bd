import type { RowStatement } from '../ast.ts';
import { cutter } from '../evaluate/limits.ts';
import { withCtes } from '../evaluate/query.ts';
import type { CallFrame, Run } from '../evaluate/run.ts';
import { takesImplicitTransaction } from './implicit-transaction.ts';
import { answerOutput, bindOutput } from './output.ts';
import { prepare } from './prepare.ts';
import { tellCount, writeAndFire } from './row-writing.ts';
import { asStatement } from './transactions.ts';
import { distinctTargets } from './update.ts';
import { bindWrittenRows } from './written-rows.ts';

/** DELETE (learn.microsoft.com/sql/t-sql/statements/delete-transact-sql). */
export async function performDelete(
  statement: Extract<RowStatement, { kind: 'delete' }>,
  frame: CallFrame,
  run: Run,
): Promise<void> {
  takesImplicitTransaction(frame, run);
  await asStatement(run.server, run.session, async (transaction) => {
    const { written, output, cut } = await prepare(run, frame, (outside) => {
      const binding = withCtes(statement.ctes, outside);
      const rows = bindWrittenRows(statement, 'DELETE', binding);
      return {
        written: rows,
        output: bindOutput(statement.output, rows.target, ['DELETE'], rows.scope.columns, binding),
        cut: cutter(statement.top, undefined, binding),
      };
    });
    const { target, offset, numberAt } = written;
    const gone = [...cut(distinctTargets(written.rows(), numberAt), undefined, undefined)].map((source) => {
      const id = Number(source[numberAt]);
      return { id, source, row: target.table.rows.get(id) ?? source.slice(offset, numberAt) };
    });
    const change = { inserted: [], deleted: gone.map(({ id, row }) => [id, row] as const), replaced: [] };
    await writeAndFire(target, 'DELETE', change, 'none', transaction, frame, run);
    const shown = gone.map(({ row, source }) => ({ inserted: undefined, deleted: row, source }));
    await answerOutput(output, shown, transaction, frame, run);
    tellCount(gone.length, frame, run);
  });
}
