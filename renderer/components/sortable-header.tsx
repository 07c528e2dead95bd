import { makeStyles, tokens } from '@fluentui/react-components';
import { ArrowSortDownRegular } from '@fluentui/react-icons/svg/arrow-sort-down';
import { ArrowSortUpRegular } from '@fluentui/react-icons/svg/arrow-sort-up';
import type { Sorting } from './sorted.ts';

const useStyles = makeStyles({
  button: {
    background: 'none',
    border: 'none',
    padding: 0,
    font: 'inherit',
    textAlign: 'start',
    color: 'inherit',
    cursor: 'pointer',
    display: 'inline-flex',
    alignItems: 'center',
    gap: '4px',
    ':hover': { textDecorationLine: 'underline' },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '2px' },
  },
});

/** Named, because a head that is not displayed as a table's loses its role. */
const columnHeader = { role: 'columnheader' } as const;

interface SortableHeaderProps {
  readonly id: string;
  readonly title: string;
  readonly className: string;
  readonly sortable: boolean;
  readonly sorting: Sorting | null;
  readonly onSort: (sorting: Sorting) => void;
}

/** The head of a column; a button that sorts, first upwards, then downwards. */
export function SortableHeader({ id, title, className, sortable, sorting, onSort }: SortableHeaderProps) {
  const styles = useStyles();
  const mine = sorting?.column === id ? sorting : null;
  const direction = mine ? (mine.descending ? 'descending' : 'ascending') : undefined;
  return (
    <th className={className} scope="col" {...columnHeader} {...(direction ? { 'aria-sort': direction } : {})}>
      {sortable ? (
        <button
          type="button"
          className={styles.button}
          onClick={() => onSort({ column: id, descending: mine ? !mine.descending : false })}
        >
          {title}
          {mine ? mine.descending ? <ArrowSortDownRegular aria-hidden /> : <ArrowSortUpRegular aria-hidden /> : null}
        </button>
      ) : (
        title
      )}
    </th>
  );
}
