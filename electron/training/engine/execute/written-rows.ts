import type { Predicate, TableHint, TableSource } from '../ast.ts';
import { writeLocks } from '../evaluate/access.ts';
import type { Binding } from '../evaluate/binding.ts';
import type { BoundPredicate } from '../evaluate/bound.ts';
import { bindConditions } from '../evaluate/conditions.ts';
import { plan, type BoundLeaf, type BoundSource } from '../evaluate/joins.ts';
import { Scope } from '../evaluate/scope.ts';
import { tableColumns } from '../evaluate/sources.ts';
import type { Row, TableModel } from '../model.ts';
import { sqlError } from '../sql-error.ts';
import { scan } from '../storage/table-rows.ts';
import { sameName } from '../values/collation.ts';
import { int } from '../values/types.ts';
import { resolveTarget, type WriteTarget } from './targets.ts';
import type { Target } from '../ast.ts';

/**
 * The rows that UPDATE, DELETE and MERGE write to, joined with those of FROM. A row's number in storage travels behind
 * its columns, under a name that no T-SQL can write.
 */
export const rowNumber = '\u0000row';

export interface WrittenRows {
  readonly target: WriteTarget;
  readonly scope: Scope;
  /** Where the target's columns begin in a row, and where its number stands. */
  readonly offset: number;
  readonly numberAt: number;
  rows(): Iterable<Row>;
}

export function bindWrittenRows(
  statement: { readonly target: Target; readonly from: readonly TableSource[]; readonly where: Predicate | undefined },
  permission: string,
  binding: Binding,
): WrittenRows & { readonly touch: ((columnId: number, name: string) => void) | undefined } {
  const named = findInFrom(statement.target, statement.from);
  const aim: Target =
    named?.kind === 'table'
      ? { kind: 'table', name: named.name, hints: [...named.hints, ...hintsOf(statement.target)], line: named.line }
      : named?.kind === 'table-variable'
        ? { kind: 'table-variable', name: named.name, line: named.line }
        : statement.target;
  const target = resolveTarget(aim, binding);
  const touch = target.database ? binding.uses(target.database, target.table, permission) : undefined;
  const leaf = targetLeaf(target, named?.alias ?? lastPart(aim), binding);
  const { source: bindSource } = binding.binders;
  const inner = binding.with({
    binders: { ...binding.binders, source: (node, at) => (node === named ? leaf : bindSource(node, at)) },
  });
  const sources: BoundSource[] = statement.from.map((node) => inner.source(node));
  if (!named) sources.unshift(leaf);
  const source = sources.reduce((left, right): BoundSource => {
    const columns = [...left.columns, ...right.columns];
    return { kind: 'join', type: 'cross', columns, left, right, on: undefined, correlated: false };
  });
  const scope = new Scope(source.columns, undefined);
  const inScope = inner.with({ scope });
  const where = statement.where === undefined ? undefined : bindConditions(statement.where, inScope, scope);
  const producer = plan(source, where?.equations ?? [], 0);
  const numberAt = source.columns.findIndex((column) => column.name === rowNumber);
  return {
    target,
    touch,
    scope,
    offset: numberAt - target.table.columns.length,
    numberAt,
    rows: () => matching(producer.rows(undefined), where?.test),
  };
}

function* matching(rows: Iterable<Row>, test: BoundPredicate | undefined): Generator<Row> {
  for (const row of rows) if (!test || test({ row, outer: undefined }) === true) yield row;
}

function hintsOf(target: Target): readonly TableHint[] {
  return target.kind === 'table' ? target.hints : [];
}

function lastPart(target: Target): string {
  return target.kind === 'table' ? (target.name.parts.at(-1) ?? '') : target.name;
}

type NamedSource = Extract<TableSource, { kind: 'table' | 'table-variable' }>;

/** The place in FROM that the target's name means: an alias first, else the table itself. */
function findInFrom(target: Target, from: readonly TableSource[]): NamedSource | undefined {
  const all = from.flatMap(namedSources);
  const name = lastPart(target);
  const single = target.kind === 'table-variable' || target.name.parts.length === 1;
  const byAlias = single ? all.find((one) => one.alias !== undefined && sameName(one.alias, name)) : undefined;
  if (byAlias) return byAlias;
  const byName = all.filter((one) => sameName(one.kind === 'table' ? (one.name.parts.at(-1) ?? '') : one.name, name));
  if (byName.length > 1) throw sqlError(8154, name);
  return byName[0];
}

function namedSources(node: TableSource): readonly NamedSource[] {
  if (node.kind === 'table' || node.kind === 'table-variable') return [node];
  return node.kind === 'join' || node.kind === 'apply' ? [...namedSources(node.left), ...namedSources(node.right)] : [];
}

export function targetLeaf(target: WriteTarget, alias: string, binding: Binding): BoundLeaf {
  const { table } = target;
  const touch = target.database ? binding.uses(target.database, table, 'SELECT', true) : undefined;
  return {
    kind: 'leaf',
    columns: [
      ...tableColumns(table, alias, undefined, touch),
      {
        name: rowNumber,
        type: int,
        nullable: false,
        coercion: undefined,
        qualifier: alias,
        schema: undefined,
        touch: undefined,
      },
    ],
    correlated: false,
    table,
    reached: (rowKey) => {
      if (target.kind !== 'stored') return;
      binding.needs.locks.push(...writeLocks(target.resource, target.hints, 'change', rowKey));
    },
    shape: (id, row) => [...row, id],
    rows: () => numbered(table),
  };
}

function* numbered(table: TableModel): Generator<Row> {
  for (const [id, row] of scan(table)) yield [...row, id];
}
