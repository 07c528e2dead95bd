import type { RowStatement, UpdateClause } from '../ast.ts';
import { arithmetic } from '../evaluate/arithmetic.ts';
import type { Binding } from '../evaluate/binding.ts';
import { expression, type RowFrame } from '../evaluate/bound.ts';
import { convertExpression } from '../evaluate/coercion.ts';
import { columnExpression } from '../evaluate/expressions.ts';
import { containsAggregate } from '../evaluate/grouping.ts';
import { cutter } from '../evaluate/limits.ts';
import { withCtes } from '../evaluate/query.ts';
import type { CallFrame, Run } from '../evaluate/run.ts';
import type { ColumnModel, Row } from '../model.ts';
import { sqlError } from '../sql-error.ts';
import type { Replacement } from '../storage/table-rows.ts';
import type { Value } from '../values/types.ts';
import { defaultOf, intoColumn, nextRowversion, type ColumnSource } from './column-values.ts';
import { takesImplicitTransaction } from './implicit-transaction.ts';
import { answerOutput, bindOutput } from './output.ts';
import { prepare } from './prepare.ts';
import { tellCount, writeAndFire } from './row-writing.ts';
import { columnNamed, type WriteTarget } from './targets.ts';
import { asStatement } from './transactions.ts';
import { bindWrittenRows, type WrittenRows } from './written-rows.ts';

type UpdateStatement = Extract<RowStatement, { kind: 'update' }>;

/** UPDATE (learn.microsoft.com/sql/t-sql/queries/update-transact-sql): all new values are computed from the old rows. */
export async function performUpdate(statement: UpdateStatement, frame: CallFrame, run: Run): Promise<void> {
  takesImplicitTransaction(frame, run);
  await asStatement(run.server, run.session, async (transaction) => {
    const bound = await prepare(run, frame, (binding) => bindUpdate(statement, binding));
    const { target, changes, output, updated } = bound;
    const made = changes();
    const change = { inserted: [], deleted: [], replaced: made.map(({ replacement }) => replacement) };
    await writeAndFire(target, 'UPDATE', change, updated, transaction, frame, run);
    const shown = made.map(({ replacement, source }) => ({
      inserted: replacement.after,
      deleted: replacement.before,
      source,
    }));
    await answerOutput(output, shown, transaction, frame, run);
    tellCount(made.length, frame, run);
  });
}

interface Change {
  readonly replacement: Replacement;
  readonly source: Row;
}

function bindUpdate(
  statement: UpdateStatement,
  outside: Binding,
): {
  target: WriteTarget;
  updated: ReadonlySet<string>;
  output: ReturnType<typeof bindOutput>;
  readonly changes: () => readonly Change[];
} {
  const binding = withCtes(statement.ctes, outside);
  const written = bindWrittenRows(statement, 'UPDATE', binding);
  const { target } = written;
  const inScope = binding.with({ scope: written.scope });
  const setters = bindSetters(statement.set, target, written.offset, inScope, written.touch);
  const cut = cutter(statement.top, undefined, binding);
  return {
    target,
    updated: new Set(setters.columns.map((column) => column.name.toLowerCase())),
    output: bindOutput(statement.output, target, ['UPDATE'], written.scope.columns, binding),
    changes: () => [...changed(written, setters.apply, cut)],
  };
}

/** A row that several source rows match is changed once. */
function* changed(
  written: WrittenRows,
  apply: (frame: RowFrame, before: Row) => Row,
  cut: ReturnType<typeof cutter>,
): Generator<Change> {
  const { offset, numberAt, target } = written;
  const seen = new Set<number>();
  for (const source of cut(distinctTargets(written.rows(), numberAt), undefined, undefined)) {
    const id = Number(source[numberAt]);
    if (seen.has(id)) continue;
    seen.add(id);
    const before = target.table.rows.get(id) ?? source.slice(offset, numberAt);
    yield { replacement: { id, before, after: apply({ row: source, outer: undefined }, before) }, source };
  }
}

export function* distinctTargets(rows: Iterable<Row>, numberAt: number): Generator<Row> {
  const seen = new Set<unknown>();
  for (const row of rows) {
    const number = row[numberAt] ?? null;
    if (number === null || seen.has(number)) continue;
    seen.add(number);
    yield row;
  }
}

export interface Setters {
  readonly columns: readonly ColumnModel[];
  readonly apply: (frame: RowFrame, before: Row) => Row;
}

/** `touch` tells which columns the right to UPDATE is needed for. */
export function bindSetters(
  clauses: readonly UpdateClause[],
  target: WriteTarget,
  offset: number,
  binding: Binding,
  touch: ((columnId: number, name: string) => void) | undefined,
): Setters {
  const { table } = target;
  const columns: ColumnModel[] = [];
  const steps = clauses.map((clause) => {
    if (clause.value && containsAggregate(clause.value)) throw sqlError(157);
    const column = clause.column && columnNamed(table, clause.column.parts.at(-1) ?? '');
    if (column) {
      refuseFixed(column);
      if (columns.includes(column)) throw sqlError(264, column.name);
      columns.push(column);
      touch?.(column.columnId, column.name);
    }
    return bindClause(clause, column, target, offset, binding);
  });
  const versions = table.columns.flatMap((column, position) => (column.type.name === 'rowversion' ? [position] : []));
  return {
    columns,
    apply: (frame, before) => {
      const after: Value[] = [...before];
      for (const { position, value } of steps) {
        const result = value(frame);
        if (position >= 0) after[position] = result;
      }
      for (const position of versions) after[position] = nextRowversion(target);
      return after;
    },
  };
}

function refuseFixed(column: ColumnModel): void {
  if (column.identity) throw sqlError(8102, column.name);
  if (column.type.name === 'rowversion') throw sqlError(272);
}

function bindClause(
  clause: UpdateClause,
  column: ColumnModel | undefined,
  target: WriteTarget,
  offset: number,
  binding: Binding,
): { position: number; value: ColumnSource } {
  const position = column ? target.table.columns.indexOf(column) : -1;
  if (clause.value === undefined) {
    return { position, value: column ? defaultOf(column, target, binding) : () => null };
  }
  const given = binding.expression(clause.value);
  const variable = clause.variable === undefined ? undefined : binding.variable(clause.variable);
  const index = offset + position;
  const scoped = column && binding.scope?.columns[index];
  const current = scoped
    ? columnExpression({ depth: 0, index, column: scoped })
    : variable && expression({ type: variable.type, coercion: given.coercion, evaluate: () => variable.value });
  const result = clause.operator === '=' || !current ? given : arithmetic(clause.operator, current, given);
  const stored = column ? intoColumn(result, column, target) : undefined;
  if (!variable) return { position, value: stored ?? (() => null) };
  const kept = convertExpression(
    stored && column ? expression({ type: column.type, evaluate: stored }) : result,
    variable.type,
  );
  return {
    position,
    value: (frame) => {
      const value = stored?.(frame) ?? null;
      variable.value = kept.evaluate(frame);
      return value;
    },
  };
}
