import type { KeyModel, Row, TableModel } from '../model.ts';
import { findCollation } from '../values/collation.ts';
import { comparison, keyOf, orderWithNull, rowKeyOf } from '../values/compare.ts';
import type { Value } from '../values/types.ts';
import type { Change } from './change-log.ts';

/**
 * Rows of a table with the unique indexes and the clustered order that are kept beside them. The indexes are derived:
 * they are made when first asked for and never stored.
 */
interface Runtime {
  nextRowId: number;
  readonly indexes: Map<KeyModel, UniqueIndex>;
  /** Row ids in the order of the clustered key (of insertion without one); undefined when it must be made anew. */
  ordered: number[] | undefined;
}

export interface UniqueIndex {
  readonly key: KeyModel;
  readonly keyOfRow: (row: Row) => string;
  readonly rows: Map<string, number>;
}

const runtimes = new WeakMap<TableModel, Runtime>();

function runtimeOf(table: TableModel): Runtime {
  const found = runtimes.get(table);
  if (found) return found;
  let last = 0;
  for (const id of table.rows.keys()) last = Math.max(last, id);
  const made: Runtime = { nextRowId: last + 1, indexes: new Map(), ordered: undefined };
  runtimes.set(table, made);
  return made;
}

/** Forgets what was derived: the table's columns or keys changed. */
export function forgetDerived(table: TableModel): void {
  runtimes.delete(table);
}

export function newRowId(table: TableModel): number {
  return runtimeOf(table).nextRowId++;
}

export function columnPosition(table: TableModel, columnId: number): number {
  return table.columns.findIndex((column) => column.columnId === columnId);
}

/** A function that gives rows the same key exactly where they are equal in these columns. */
export function keyOfColumns(table: TableModel, columnIds: readonly number[]): (row: Row) => string {
  const positions = columnIds.map((id) => columnPosition(table, id));
  const keys = rowKeyOf(
    positions.map((position) => {
      const column = table.columns[position];
      if (!column) throw new Error(`no such column in ${table.name}`);
      return keyOf(column.type, findCollation(column.collation ?? 'Latin1_General_CI_AS'));
    }),
  );
  return (row) => keys(positions.map((position): Value => row[position] ?? null));
}

/** The index of a unique key, made at the first use. */
export function uniqueIndex(table: TableModel, key: KeyModel): UniqueIndex {
  const runtime = runtimeOf(table);
  const found = runtime.indexes.get(key);
  if (found) return found;
  const keyOfRow = keyOfColumns(table, key.columnIds);
  const rows = new Map<string, number>();
  for (const [id, row] of table.rows) rows.set(keyOfRow(row), id);
  const made: UniqueIndex = { key, keyOfRow, rows };
  runtime.indexes.set(key, made);
  return made;
}

/** Rows with their ids in the order in which a scan of the clustered index meets them. */
export function* scan(table: TableModel): Generator<readonly [number, Row]> {
  for (const id of orderedIds(table)) {
    const row = table.rows.get(id);
    if (row) yield [id, row];
  }
}

function orderedIds(table: TableModel): readonly number[] {
  const runtime = runtimeOf(table);
  if (runtime.ordered) return runtime.ordered;
  const ids = [...table.rows.keys()].toSorted((a, b) => a - b);
  const clustered = table.keys.find((key) => key.clustered);
  if (clustered) {
    const compare = compareBy(table, clustered.columnIds);
    ids.sort((a, b) => compare(table.rows.get(a) ?? [], table.rows.get(b) ?? []) || a - b);
  }
  runtime.ordered = ids;
  return ids;
}

function compareBy(table: TableModel, columnIds: readonly number[]): (a: Row, b: Row) => number {
  const parts = columnIds.flatMap((columnId) => {
    const position = columnPosition(table, columnId);
    const column = table.columns[position];
    if (!column) return [];
    const collation = findCollation(column.collation ?? 'Latin1_General_CI_AS');
    return [{ position, order: orderWithNull(comparison(column.type, collation)) }];
  });
  return (a, b) => {
    for (const { position, order } of parts) {
      const result = order(a[position] ?? null, b[position] ?? null);
      if (result !== 0) return result;
    }
    return 0;
  };
}

export interface Replacement {
  readonly id: number;
  readonly before: Row;
  readonly after: Row;
}

/** What one statement does to one table. */
export interface RowChange {
  readonly inserted: readonly (readonly [number, Row])[];
  readonly deleted: readonly (readonly [number, Row])[];
  readonly replaced: readonly Replacement[];
}

/** The first key that a change would make ambiguous, and the row that does; the state in between is not looked at. */
export function findDuplicate(table: TableModel, change: RowChange): { key: KeyModel; row: Row } | undefined {
  for (const key of table.keys) {
    if (!key.unique) continue;
    const index = uniqueIndex(table, key);
    const leaving = new Set(change.deleted.map(([, row]) => index.keyOfRow(row)));
    const changed = change.replaced.filter(({ before, after }) => index.keyOfRow(before) !== index.keyOfRow(after));
    for (const { before } of changed) leaving.add(index.keyOfRow(before));
    const coming = new Set<string>();
    for (const row of [...change.inserted.map(([, row]) => row), ...changed.map(({ after }) => after)]) {
      const text = index.keyOfRow(row);
      if (coming.has(text) || (index.rows.has(text) && !leaving.has(text))) return { key, row };
      coming.add(text);
    }
  }
  return undefined;
}

export function rowChange(table: TableModel, change: RowChange): Change {
  const { inserted, deleted, replaced } = change;
  return {
    apply: () => {
      for (const [id, row] of deleted) take(table, id, row);
      for (const { id, before, after } of replaced) swapOut(table, id, before, after);
      for (const { id, before, after } of replaced) swapIn(table, id, before, after);
      for (const [id, row] of inserted) put(table, id, row);
    },
    revert: () => {
      for (const [id, row] of inserted) take(table, id, row);
      for (const { id, before, after } of replaced) swapOut(table, id, after, before);
      for (const { id, before, after } of replaced) swapIn(table, id, after, before);
      for (const [id, row] of deleted) put(table, id, row);
    },
  };
}

function put(table: TableModel, id: number, row: Row): void {
  const runtime = runtimeOf(table);
  table.rows.set(id, row);
  for (const index of runtime.indexes.values()) index.rows.set(index.keyOfRow(row), id);
  appendInOrder(table, runtime, id, row);
}

/** Rows usually come in the order of their key: then the order need not be made anew. */
function appendInOrder(table: TableModel, runtime: Runtime, id: number, row: Row): void {
  const { ordered } = runtime;
  if (!ordered) return;
  const lastId = ordered.at(-1);
  const last = lastId === undefined ? undefined : table.rows.get(lastId);
  const clustered = table.keys.find((key) => key.clustered);
  const follows =
    last === undefined
      ? ordered.length === 0
      : clustered
        ? compareBy(table, clustered.columnIds)(last, row) < 0
        : id > (lastId ?? 0);
  if (follows) ordered.push(id);
  else runtime.ordered = undefined;
}

function take(table: TableModel, id: number, row: Row): void {
  const runtime = runtimeOf(table);
  table.rows.delete(id);
  for (const index of runtime.indexes.values()) {
    const key = index.keyOfRow(row);
    if (index.rows.get(key) === id) index.rows.delete(key);
  }
  runtime.ordered = undefined;
}

function swapOut(table: TableModel, id: number, before: Row, after: Row): void {
  for (const index of runtimeOf(table).indexes.values()) {
    const key = index.keyOfRow(before);
    if (key !== index.keyOfRow(after) && index.rows.get(key) === id) index.rows.delete(key);
  }
}

function swapIn(table: TableModel, id: number, before: Row, after: Row): void {
  const runtime = runtimeOf(table);
  table.rows.set(id, after);
  for (const index of runtime.indexes.values()) index.rows.set(index.keyOfRow(after), id);
  const clustered = table.keys.find((key) => key.clustered);
  if (clustered && compareBy(table, clustered.columnIds)(before, after) !== 0) runtime.ordered = undefined;
}
