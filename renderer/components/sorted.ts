export interface Sorting {
  readonly column: string;
  readonly descending: boolean;
}

interface SortColumn<Row> {
  readonly id: string;
  readonly by?: (row: Row) => string | number;
}

const order = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

function compare(a: string | number, b: string | number): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : order.compare(String(a), String(b));
}

/** The rows in the order that was asked for; in the given order when none was. Equal rows keep theirs. */
export function sorted<Row>(
  rows: readonly Row[],
  columns: readonly SortColumn<Row>[],
  sorting: Sorting | null,
): readonly Row[] {
  const by = columns.find((column) => column.id === sorting?.column)?.by;
  if (!sorting || !by) return rows;
  return rows.toSorted((a, b) => (sorting.descending ? compare(by(b), by(a)) : compare(by(a), by(b))));
}
