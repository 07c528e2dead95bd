import type { MergeClause, RowStatement } from '../ast.ts';
import type { Binding } from '../evaluate/binding.ts';
import { emptyFrame, type BoundPredicate, type RowFrame } from '../evaluate/bound.ts';
import { bindConditions } from '../evaluate/conditions.ts';
import { plan, type BoundJoin } from '../evaluate/joins.ts';
import { withCtes } from '../evaluate/query.ts';
import type { CallFrame, Run } from '../evaluate/run.ts';
import { Scope } from '../evaluate/scope.ts';
import type { Row, TriggerEvent } from '../model.ts';
import { sqlError } from '../sql-error.ts';
import { newRowId, type Replacement } from '../storage/table-rows.ts';
import { bit, type Value } from '../values/types.ts';
import { defaultOf, intoColumn, nextIdentity, nextRowversion, type ColumnSource } from './column-values.ts';
import { converter } from '../values/convert.ts';
import { decimal } from '../values/types.ts';
import { takesImplicitTransaction } from './implicit-transaction.ts';
import { answerOutput, bindOutput, type OutputRow } from './output.ts';
import { prepare } from './prepare.ts';
import { firingOf, tellCount, writeRows } from './row-writing.ts';
import { columnNamed, resolveTarget, type WriteTarget } from './targets.ts';
import { asStatement } from './transactions.ts';
import { fireTriggers } from './triggers.ts';
import { bindSetters } from './update.ts';
import { targetLeaf } from './written-rows.ts';

type MergeStatement = Extract<RowStatement, { kind: 'merge' }>;

/** MERGE (learn.microsoft.com/sql/t-sql/statements/merge-transact-sql): a full join, then the first clause that fits each row. */
export async function performMerge(statement: MergeStatement, frame: CallFrame, run: Run): Promise<void> {
  takesImplicitTransaction(frame, run);
  await asStatement(run.server, run.session, async (transaction) => {
    const bound = await prepare(run, frame, (binding) => bindMerge(statement, binding));
    const { target, output, changes } = bound;
    const made = changes();
    await writeRows(target, made, 'MERGE', transaction, frame, run);
    for (const event of bound.events) {
      const firing = firingOf(
        target,
        event,
        made,
        event === 'UPDATE' ? bound.updated : event === 'INSERT' ? 'all' : 'none',
      );
      if (firing) await fireTriggers(firing, transaction, frame, run);
    }
    await answerOutput(output, made.shown, transaction, frame, run);
    tellCount(made.shown.length, frame, run);
  });
}

interface MergeChanges {
  readonly inserted: (readonly [number, Row])[];
  readonly deleted: (readonly [number, Row])[];
  readonly replaced: Replacement[];
  readonly shown: OutputRow[];
}

function bindMerge(
  statement: MergeStatement,
  outside: Binding,
): {
  target: WriteTarget;
  events: readonly TriggerEvent[];
  updated: ReadonlySet<string>;
  output: ReturnType<typeof bindOutput>;
  readonly changes: () => MergeChanges;
} {
  const binding = withCtes(statement.ctes, outside);
  const target = resolveTarget(statement.target, binding);
  const alias =
    statement.alias ??
    (statement.target.kind === 'table' ? (statement.target.name.parts.at(-1) ?? '') : statement.target.name);
  const left = targetLeaf(target, alias, binding);
  const plain = binding.source(statement.source);
  // A mark behind the source's columns tells a row without a source from a source row of NULLs.
  const marked = {
    name: '\u0000source',
    type: bit,
    nullable: true,
    coercion: undefined,
    qualifier: '',
    schema: undefined,
    touch: undefined,
  };
  const right = {
    kind: 'leaf' as const,
    columns: [...plain.columns, marked],
    correlated: false,
    table: undefined,
    reached: () => {},
    rows: (outer: RowFrame | undefined) => withMark(source.rows(outer)),
  };
  const source = plan(plain, [], 0);
  const columns = [...left.columns, ...right.columns];
  const scope = new Scope(columns, undefined);
  const inScope = binding.with({ scope });
  const on = bindConditions(statement.on, inScope, scope);
  const join: BoundJoin = { kind: 'join', type: 'full', columns, left, right, on, correlated: false };
  const producer = plan(join, [], 0);
  const clauses = statement.clauses.map((clause) => bindClause(clause, target, inScope));
  const numberAt = target.table.columns.length;
  const events = (['INSERT', 'UPDATE', 'DELETE'] as const).filter((event) =>
    statement.clauses.some((clause) => clause.action.kind.toUpperCase() === event),
  );
  for (const event of events) if (target.database) binding.uses(target.database, target.table, event);
  return {
    target,
    events,
    updated: new Set(clauses.flatMap((clause) => clause.updated)),
    output: bindOutput(statement.output, target, events, columns, binding),
    changes: () => {
      const changes: MergeChanges = { inserted: [], deleted: [], replaced: [], shown: [] };
      const touched = new Set<number>();
      for (const row of producer.rows(undefined)) {
        const number = row[numberAt] ?? null;
        const hasSource = row.at(-1) === true;
        const when = number === null ? 'not-matched' : hasSource ? 'matched' : 'not-matched-by-source';
        const frame = { row, outer: undefined };
        const clause = clauses.find((one) => one.when === when && (!one.condition || one.condition(frame) === true));
        if (!clause) continue;
        if (number !== null) {
          if (touched.has(Number(number))) throw sqlError(8672);
          touched.add(Number(number));
        }
        clause.act(frame, number === null ? undefined : Number(number), changes);
      }
      return changes;
    },
  };
}

function* withMark(rows: Iterable<Row>): Generator<Row> {
  for (const row of rows) yield [...row, true];
}

interface BoundClause {
  readonly when: MergeClause['when'];
  readonly condition: BoundPredicate | undefined;
  readonly updated: readonly string[];
  act(frame: RowFrame, id: number | undefined, changes: MergeChanges): void;
}

function bindClause(clause: MergeClause, target: WriteTarget, binding: Binding): BoundClause {
  const { table } = target;
  const condition = clause.condition && binding.predicate(clause.condition);
  const { action, when } = clause;
  const rowOf = (id: number | undefined): Row => table.rows.get(id ?? -1) ?? [];
  if (action.kind === 'delete') {
    return {
      when,
      condition,
      updated: [],
      act: (frame, id, changes) => {
        const row = rowOf(id);
        changes.deleted.push([id ?? -1, row]);
        changes.shown.push({ inserted: undefined, deleted: row, source: frame.row, action: 'DELETE' });
      },
    };
  }
  if (action.kind === 'update') {
    const setters = bindSetters(action.set, target, 0, binding, undefined);
    return {
      when,
      condition,
      updated: setters.columns.map((column) => column.name.toLowerCase()),
      act: (frame, id, changes) => {
        const before = rowOf(id);
        const after = setters.apply(frame, before);
        changes.replaced.push({ id: id ?? -1, before, after });
        changes.shown.push({ inserted: after, deleted: before, source: frame.row, action: 'UPDATE' });
      },
    };
  }
  const cells = bindInsertedCells(action, target, binding);
  return {
    when,
    condition,
    updated: [],
    act: (frame, _id, changes) => {
      const row = cells.map((cell): Value => cell(frame));
      changes.inserted.push([newRowId(table), row]);
      changes.shown.push({ inserted: row, deleted: undefined, source: frame.row, action: 'INSERT' });
    },
  };
}

function bindInsertedCells(
  action: Extract<MergeClause['action'], { kind: 'insert' }>,
  target: WriteTarget,
  binding: Binding,
): readonly ColumnSource[] {
  const { table } = target;
  const named =
    action.columns.length > 0
      ? action.columns.map((name) => columnNamed(table, name))
      : table.columns.filter((column) => !column.identity && column.type.name !== 'rowversion');
  const { values } = action;
  if (values && values.length !== named.length) throw sqlError(values.length < named.length ? 109 : 110);
  return table.columns.map((column): ColumnSource => {
    const node = values?.[named.indexOf(column)];
    if (node && named.includes(column)) return intoColumn(binding.expression(node), column, target);
    if (column.type.name === 'rowversion') return () => nextRowversion(target);
    if (column.identity) {
      const convert = converter(decimal(38, 0), column.type);
      return () => convert(nextIdentity(column, target));
    }
    const initial = defaultOf(column, target, binding);
    return () => initial(emptyFrame);
  });
}
