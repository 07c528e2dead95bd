import type { DatabaseModel, Row, ServerModel, TableModel } from './model.ts';

/**
 * The model as text and back. Values that JSON has no form for are tagged objects: `{"$int":"12"}` for bigint,
 * `{"$bin":"00FF"}` for bytes, `{"$rows":[[1,[...]]]}` for a table's rows.
 */
export function encodeModel(model: ServerModel): string {
  return JSON.stringify(model, tagged);
}

export function encodeDatabase(database: DatabaseModel): string {
  return JSON.stringify(database, tagged);
}

export function decodeModel(text: string): ServerModel {
  return JSON.parse(text, untagged) as ServerModel;
}

/** Columns that do not count in a comparison, such as the time of the last heartbeat. */
export type LeaveOut = (table: string, column: string) => boolean;

/**
 * One text for all servers that mean the same: keys and rows sorted, and without what moves with the clock or only
 * counts (everything under `moving`, and the numbers that rows carry in storage).
 */
export function canonicalText(model: ServerModel, leaveOut: LeaveOut = () => false): string {
  return JSON.stringify(canonical(model, leaveOut));
}

function tagged(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return { $int: value.toString() };
  if (value instanceof Uint8Array) return { $bin: Buffer.from(value).toString('hex') };
  if (value instanceof Map) return { $rows: [...value] };
  return value;
}

function untagged(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('$int' in value && typeof value.$int === 'string') return BigInt(value.$int);
  if ('$bin' in value && typeof value.$bin === 'string') return new Uint8Array(Buffer.from(value.$bin, 'hex'));
  if ('$rows' in value && Array.isArray(value.$rows)) return new Map(value.$rows as [number, Row][]);
  return value;
}

function canonical(value: unknown, leaveOut: LeaveOut): unknown {
  if (Array.isArray(value)) return value.map((part) => canonical(part, leaveOut));
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return tagged('', value);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'moving')
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, part]) => [
        key,
        isTable(value) && key === 'rows' ? sortedRows(value, leaveOut) : canonical(part, leaveOut),
      ]),
  );
}

function isTable(value: object): value is TableModel {
  return 'kind' in value && value.kind === 'table' && 'rows' in value;
}

function sortedRows(table: TableModel, leaveOut: LeaveOut): readonly string[] {
  const kept = table.columns.map((column) => !leaveOut(table.name, column.name));
  return [...table.rows.values()]
    .map((row) =>
      JSON.stringify(
        row.filter((_, index) => kept[index]),
        tagged,
      ),
    )
    .toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}
