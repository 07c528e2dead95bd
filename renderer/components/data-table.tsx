import { makeStyles, mergeClasses, shorthands, tokens } from '@fluentui/react-components';
import { memo, useState } from 'react';
import type { ReactNode } from 'react';
import { ScrollRegion } from './scroll-region.tsx';
import { SortableHeader } from './sortable-header.tsx';
import { sorted } from './sorted.ts';
import type { Sorting } from './sorted.ts';

const narrow = '@container (max-width: 700px)';

const useStyles = makeStyles({
  frame: { containerType: 'inline-size', minWidth: 0 },
  scroll: {
    overflowY: 'auto',
    overflowX: 'auto',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  tall: { maxHeight: '420px' },
  table: { width: '100%', borderCollapse: 'separate', borderSpacing: 0, [narrow]: { display: 'block' } },
  body: { [narrow]: { display: 'block' } },
  head: {
    [narrow]: { position: 'absolute', clipPath: 'inset(50%)', width: '1px', height: '1px', overflow: 'hidden' },
  },
  th: {
    position: 'sticky',
    top: 0,
    zIndex: 1,
    textAlign: 'start',
    fontWeight: tokens.fontWeightSemibold,
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground2,
    backgroundColor: tokens.colorNeutralBackground2,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    padding: '4px 10px',
  },
  row: {
    ':hover': { backgroundColor: tokens.colorSubtleBackgroundHover },
    [narrow]: {
      display: 'block',
      ...shorthands.padding('6px', '10px'),
      borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    },
  },
  td: {
    padding: '5px 10px',
    verticalAlign: 'top',
    overflowWrap: 'break-word',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    [narrow]: {
      overflowWrap: 'anywhere',
      display: 'grid',
      gridTemplateColumns: 'minmax(0, 35%) minmax(0, 1fr)',
      gap: '8px',
      padding: '1px 0',
      borderBottom: 'none',
      '::before': { content: 'attr(data-label)', color: tokens.colorNeutralForeground3 },
    },
  },
  number: { fontVariantNumeric: 'tabular-nums' },
});

/** A cell that is no longer displayed as one loses its role in the browser, so every role is named. */
const roles = {
  table: { role: 'table' },
  rowgroup: { role: 'rowgroup' },
  row: { role: 'row' },
  cell: { role: 'cell' },
} as const;

export interface Column<Row> {
  readonly id: string;
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
  /** What the column is sorted by; a column without it is not sortable. */
  readonly by?: (row: Row) => string | number;
}

interface DataTableProps<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** Scrolls within itself instead of making the page long. */
  readonly tall?: boolean;
}

/**
 * A dense table with a real table's semantics. With little room (or much zoom) every row becomes a card of labelled
 * lines, so that nothing scrolls sideways; the roles are named because the display of a cell takes them away.
 */
export function DataTable<Row>({ label, columns, rows, rowKey, tall = false }: DataTableProps<Row>) {
  const styles = useStyles();
  const [sorting, setSorting] = useState<Sorting | null>(null);
  const table = (
    <table className={styles.table} {...roles.table} aria-label={label} aria-rowcount={rows.length + 1}>
      <thead className={styles.head} {...roles.rowgroup}>
        <tr {...roles.row}>
          {columns.map((column) => (
            <SortableHeader
              key={column.id}
              className={styles.th}
              id={column.id}
              title={column.title}
              sortable={column.by !== undefined}
              sorting={sorting}
              onSort={setSorting}
            />
          ))}
        </tr>
      </thead>
      <tbody className={styles.body} {...roles.rowgroup}>
        {sorted(rows, columns, sorting).map((row) => (
          <TableRow key={rowKey(row)} row={row} columns={columns as readonly Column<unknown>[]} />
        ))}
      </tbody>
    </table>
  );
  return (
    <div className={styles.frame}>
      {tall ? (
        <ScrollRegion label={label} className={mergeClasses(styles.scroll, styles.tall)}>
          {table}
        </ScrollRegion>
      ) : (
        <div className={styles.scroll}>{table}</div>
      )}
    </div>
  );
}

const TableRow = memo(function TableRow({
  row,
  columns,
}: {
  readonly row: unknown;
  readonly columns: readonly Column<unknown>[];
}) {
  const styles = useStyles();
  return (
    <tr className={styles.row} {...roles.row}>
      {columns.map((column) => (
        <td
          key={column.id}
          className={mergeClasses(styles.td, styles.number)}
          {...roles.cell}
          data-label={column.title}
        >
          <div>{column.cell(row)}</div>
        </td>
      ))}
    </tr>
  );
});
