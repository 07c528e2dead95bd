import { makeStyles, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  list: {
    display: 'grid',
    gridTemplateColumns: 'minmax(110px, max-content) minmax(0, 1fr)',
    gap: '4px 16px',
    '@media (max-width: 520px)': { gridTemplateColumns: 'minmax(0, 1fr)', rowGap: '0' },
  },
  term: { color: tokens.colorNeutralForeground3 },
  value: { overflowWrap: 'anywhere', '@media (max-width: 520px)': { marginBlockEnd: '6px' } },
});

export type Fact = readonly [term: string, value: ReactNode];

/** Facts as term and value, under one another when there is little room. */
export function FactList({ facts }: { readonly facts: readonly Fact[] }) {
  const styles = useStyles();
  return (
    <dl className={styles.list}>
      {facts.map(([term, value]) => (
        <FactLine key={term} term={term} value={value} />
      ))}
    </dl>
  );
}

function FactLine({ term, value }: { readonly term: string; readonly value: ReactNode }) {
  const styles = useStyles();
  return (
    <>
      <dt className={styles.term}>{term}</dt>
      <dd className={styles.value}>{value}</dd>
    </>
  );
}
