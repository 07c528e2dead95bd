import type { Row, TableModel } from '../model.ts';
import { forgetDerived } from '../storage/table-rows.ts';

/** Puts rows of another shape in place of a table's, as a column comes or goes. */
export function replaceRows(table: TableModel, rows: ReadonlyMap<number, Row>): void {
  table.rows.clear();
  for (const [id, row] of rows) table.rows.set(id, row);
  forgetDerived(table);
}
