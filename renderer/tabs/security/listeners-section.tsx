import { useMemo } from 'react';
import type { Listener } from '#shared/snapshot.ts';
import { DataTable } from '../../components/data-table.tsx';
import type { Column } from '../../components/data-table.tsx';
import { ReadingView } from '../../components/reading-view.tsx';
import { Section } from '../../components/section.tsx';
import { useSnapshot, useText } from '../../components/session-context.tsx';
import type { Text } from '../../text/text.ts';
import { useTabStyles } from '../use-tab-styles.ts';

/** Where SQL Server and its Browser accept connections: what secure mode must cover. */
export function ListenersSection() {
  const styles = useTabStyles();
  const text = useText();
  const { listeners } = useSnapshot();
  const { listeners: words } = text.security;
  const columns = useMemo(() => columnsIn(text), [text]);
  return (
    <Section title={words.title}>
      <ReadingView reading={listeners}>
        {(all) =>
          all.length === 0 ? (
            <p className={styles.quiet}>{words.none}</p>
          ) : (
            <DataTable label={words.table} columns={columns} rows={all} rowKey={listenerKey} />
          )
        }
      </ReadingView>
    </Section>
  );
}

const listenerKey = ({ protocol, address, port }: Listener) => `${protocol} ${address} ${port}`;

function columnsIn({
  security: {
    listeners: { columns },
  },
}: Text): readonly Column<Listener>[] {
  return [
    { id: 'port', title: columns.port, cell: (row) => row.port, by: (row) => row.port },
    { id: 'protocol', title: columns.protocol, cell: (row) => row.protocol.toUpperCase(), by: (row) => row.protocol },
    { id: 'address', title: columns.address, cell: (row) => row.address, by: (row) => row.address },
    { id: 'purpose', title: columns.purpose, cell: (row) => row.purpose, by: (row) => row.purpose },
  ];
}
