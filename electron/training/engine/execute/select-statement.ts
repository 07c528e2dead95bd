import type { RowStatement } from '../ast.ts';
import type { BoundQuery } from '../evaluate/bound.ts';
import type { CallFrame, Run } from '../evaluate/run.ts';
import type { Row } from '../model.ts';
import { takesImplicitTransaction } from './implicit-transaction.ts';
import { prepare } from './prepare.ts';
import { selectInto } from './select-into.ts';
import { wireType, wireValue } from './wire.ts';

/** SELECT as a statement: its rows go to the client, or into variables. */
export async function performSelect(
  statement: Extract<RowStatement, { kind: 'select-statement' }>,
  frame: CallFrame,
  run: Run,
): Promise<void> {
  const { body } = statement.query;
  if (body.kind === 'select' && body.into) return selectInto(statement.query, body.into, frame, run);
  if (body.kind !== 'select' || body.from.length > 0) takesImplicitTransaction(frame, run);
  const { query, rows } = await prepare(run, frame, (binding) => {
    const bound = binding.query(statement.query);
    return { query: bound, rows: () => limited(bound.rows(undefined), frame.settings.rowCount) };
  });
  const result = frame.settings.formatOnly ? [] : rows();
  run.session.rowCount = result.length;
  if (!query.assigns) answerRows(query, result, frame, run);
}

/** SET ROWCOUNT. */
function limited(rows: Iterable<Row>, limit: number): readonly Row[] {
  if (limit === 0) return [...rows];
  const taken: Row[] = [];
  for (const row of rows) {
    taken.push(row);
    if (taken.length >= limit) break;
  }
  return taken;
}

/** One result set and its count. */
export function answerRows(
  query: Pick<BoundQuery, 'columns'>,
  rows: readonly Row[],
  frame: Pick<CallFrame, 'settings'>,
  run: Run,
): void {
  const { columns } = query;
  run.emit({
    kind: 'rows',
    columns: columns.map((column) => ({ name: column.name, type: wireType(column.type), nullable: column.nullable })),
    rows: wired(rows, columns),
  });
  run.emit({ kind: 'done', rowCount: frame.settings.noCount ? undefined : rows.length });
}

function* wired(rows: readonly Row[], columns: BoundQuery['columns']): Generator<ReturnType<typeof wireValue>[]> {
  for (const row of rows) yield columns.map((column, index) => wireValue(row[index] ?? null, column.type));
}
