import { useMemo } from 'react';
import { DataTable } from '../../components/data-table.tsx';
import { ReadingView } from '../../components/reading-view.tsx';
import { Section } from '../../components/section.tsx';
import { useSnapshot, useText } from '../../components/session-context.tsx';
import { useTabStyles } from '../use-tab-styles.ts';
import { credentialColumns } from './credential-columns.tsx';

/** The site's logins: how old their passwords are, what is wrong with them, where copies lie, and their rotation. */
export function CredentialsSection() {
  const styles = useTabStyles();
  const text = useText();
  const { credentials: words } = text.security;
  const { logins } = useSnapshot();
  const columns = useMemo(() => credentialColumns(text), [text]);
  return (
    <Section title={words.title}>
      <ReadingView reading={logins}>
        {(all) =>
          all.length === 0 ? (
            <p className={styles.quiet}>{words.none}</p>
          ) : (
            <DataTable label={words.table} columns={columns} rows={all} rowKey={({ name }) => name} />
          )
        }
      </ReadingView>
    </Section>
  );
}
