import type { InsertSource, RowStatement } from '../ast.ts';
import { writeLocks } from '../evaluate/access.ts';
import type { Binding } from '../evaluate/binding.ts';
import { emptyFrame, type BoundColumn } from '../evaluate/bound.ts';
import { cutter } from '../evaluate/limits.ts';
import { withCtes } from '../evaluate/query.ts';
import type { CallFrame, Run } from '../evaluate/run.ts';
import { slotExpression } from '../evaluate/windows.ts';
import type { ColumnModel, Row } from '../model.ts';
import { sqlError } from '../sql-error.ts';
import { newRowId } from '../storage/table-rows.ts';
import { integerLimits } from '../values/facts.ts';
import { decimal, type Value } from '../values/types.ts';
import { converter } from '../values/convert.ts';
import { defaultOf, intoColumn, nextIdentity, nextRowversion, type ColumnSource } from './column-values.ts';
import { takesImplicitTransaction } from './implicit-transaction.ts';
import { answerOutput, bindOutput } from './output.ts';
import { prepare } from './prepare.ts';
import { tellCount, writeAndFire } from './row-writing.ts';
import { rowsOfExecute } from './insert-execute.ts';
import { columnNamed, resolveTarget, type WriteTarget } from './targets.ts';
import { asStatement } from './transactions.ts';

type InsertStatement = Extract<RowStatement, { kind: 'insert' }>;

/** INSERT (learn.microsoft.com/sql/t-sql/statements/insert-transact-sql). */
export async function performInsert(statement: InsertStatement, frame: CallFrame, run: Run): Promise<void> {
  takesImplicitTransaction(frame, run);
  await asStatement(run.server, run.session, async (transaction) => {
    const executed =
      statement.source.kind === 'execute' ? await rowsOfExecute(statement.source.statement, frame, run) : undefined;
    const { target, output, rows } = await prepare(run, frame, (binding) => bindInsert(statement, executed, binding));
    const made = rows();
    const inserted = made.map((row) => [newRowId(target.table), row] as const);
    rememberIdentity(target, made, frame, run);
    const count = made.length;
    const change = { inserted, deleted: [], replaced: [] };
    await writeAndFire(target, 'INSERT', change, 'all', transaction, frame, run);
    await answerOutput(
      output,
      made.map((row) => ({ inserted: row, deleted: undefined, source: [] })),
      transaction,
      frame,
      run,
    );
    tellCount(count, frame, run);
  });
}

export interface ExecutedRows {
  readonly columns: readonly BoundColumn[];
  readonly rows: readonly Row[];
}

function bindInsert(
  statement: InsertStatement,
  executed: ExecutedRows | undefined,
  outside: Binding,
): { target: WriteTarget; output: ReturnType<typeof bindOutput>; readonly rows: () => readonly Row[] } {
  const target = resolveTarget(statement.target, outside);
  const binding = withCtes(statement.ctes, outside);
  if (target.database) {
    binding.uses(target.database, target.table, 'INSERT');
    binding.needs.locks.push(...writeLocks(target.resource, target.hints, 'insert', undefined));
  }
  const columns = namedColumns(statement, target, binding);
  const given = bindSource(statement, columns, target, executed, binding);
  const others = target.table.columns.map((column) => automatic(column, target, binding));
  const positions = target.table.columns.map((column) => columns.indexOf(column));
  const cut = cutter(statement.top, undefined, binding);
  return {
    target,
    output: bindOutput(statement.output, target, ['INSERT'], [], binding),
    rows: () =>
      [...cut(given(), undefined, undefined)].map((values) =>
        positions.map((position, index): Value => {
          const value = position < 0 ? undefined : values[position];
          return value === undefined ? (others[index]?.(emptyFrame) ?? null) : value;
        }),
      ),
  };
}

/** The columns that the statement gives values for; 544, 545 and 273 for those it may not or must. */
function namedColumns(statement: InsertStatement, target: WriteTarget, binding: Binding): readonly ColumnModel[] {
  const { table } = target;
  if (statement.source.kind === 'default-values') return [];
  const allowsIdentity = binding.run.session.identityInsert === table;
  const writable = (column: ColumnModel): boolean =>
    column.type.name !== 'rowversion' && (!column.identity || allowsIdentity);
  if (statement.columns.length === 0)
    return table.columns.filter(
      (column) => writable(column) || (column.type.name === 'rowversion' && namesAll(statement, table.columns)),
    );
  const columns = statement.columns.map((name) => columnNamed(table, name));
  const twice = columns.find((column, index) => columns.indexOf(column) !== index);
  if (twice) throw sqlError(264, twice.name);
  const identity = columns.find((column) => column.identity);
  if (identity && !allowsIdentity) throw sqlError(544, table.name);
  if (!identity && allowsIdentity) throw sqlError(545, table.name);
  return columns;
}

/** Without a column list a rowversion must be given, and can only be DEFAULT. */
function namesAll(statement: InsertStatement, columns: readonly ColumnModel[]): boolean {
  const { source } = statement;
  const counted = columns.filter((column) => !column.identity);
  return source.kind === 'values' && source.rows[0]?.length === counted.length;
}

/** What a column gets that is given no value. */
function automatic(column: ColumnModel, target: WriteTarget, binding: Binding): ColumnSource {
  if (column.type.name === 'rowversion') return () => nextRowversion(target);
  if (column.identity) {
    const convert = converter(decimal(38, 0), column.type);
    return () => {
      const next = nextIdentity(column, target);
      const limits = integerLimits[column.type.name];
      if (limits && next > limits.high) throw sqlError(8115, 'IDENTITY', column.type.name);
      return convert(next);
    };
  }
  return defaultOf(column, target, binding);
}

/** Rows of values for the named columns; undefined stands for DEFAULT. */
function bindSource(
  { source, columns: written }: { readonly source: InsertSource; readonly columns: readonly string[] },
  columns: readonly ColumnModel[],
  target: WriteTarget,
  executed: ExecutedRows | undefined,
  binding: Binding,
): () => Iterable<Row> {
  switch (source.kind) {
    case 'default-values':
      return () => [[]];
    case 'values': {
      for (const row of source.rows) {
        if (row.length < columns.length) throw sqlError(written.length === 0 ? 213 : 109);
        if (row.length > columns.length) throw sqlError(written.length === 0 ? 213 : 110);
      }
      const rows = source.rows.map((row) =>
        row.map((node, index) => {
          const column = columns[index];
          if (!column) throw sqlError(213);
          if (node === undefined) return undefined;
          if (column.type.name === 'rowversion') throw sqlError(273);
          return intoColumn(binding.expression(node), column, target);
        }),
      );
      return () => rows.map((row) => row.map((cell) => cell?.(emptyFrame)) as unknown as Row);
    }
    case 'query':
    case 'execute': {
      const query =
        source.kind === 'query'
          ? binding.query(source.query)
          : { columns: executed?.columns ?? [], rows: () => executed?.rows ?? [] };
      if (query.columns.length !== columns.length) {
        if (written.length === 0) throw sqlError(213);
        throw sqlError(query.columns.length < columns.length ? 120 : 121);
      }
      const cells = columns.map((column, index) => {
        const from = query.columns[index];
        if (!from) throw sqlError(213);
        if (column.type.name === 'rowversion') throw sqlError(273);
        return intoColumn(slotExpression(index, from), column, target);
      });
      return function* () {
        // All rows are read before the first is written.
        for (const row of Array.from(query.rows(undefined))) yield cells.map((cell) => cell({ row, outer: undefined }));
      };
    }
  }
}

/** SCOPE_IDENTITY() and @@IDENTITY. */
function rememberIdentity(target: WriteTarget, rows: readonly Row[], frame: CallFrame, run: Run): void {
  const position = target.table.columns.findIndex((column) => column.identity);
  const last = rows.at(-1)?.[position];
  if (position < 0 || last === undefined || last === null) return;
  const value = BigInt(last as number | bigint);
  frame.scopeIdentity = value;
  run.session.lastIdentity = value;
  const known = target.table.identityLast;
  if (known === undefined || value > known) target.table.identityLast = value;
}
