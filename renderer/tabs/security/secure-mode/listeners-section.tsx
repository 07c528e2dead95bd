import { useMemo } from 'react';
import type { ListenerSurvey } from '#shared/secure-mode.ts';
import { Callout } from '../../../components/callout.tsx';
import { DataTable } from '../../../components/data-table.tsx';
import type { Column } from '../../../components/data-table.tsx';
import { FactList } from '../../../components/fact-list.tsx';
import { UnknownReading } from '../../../components/reading-view.tsx';
import { Section } from '../../../components/section.tsx';
import { useSnapshot, useText } from '../../../components/session-context.tsx';
import { Tag } from '../../../components/tag.tsx';
import type { Text } from '../../../text/text.ts';
import { useTabStyles } from '../../use-tab-styles.ts';

type Row = ListenerSurvey['listeners'][number];

/** Where SQL Server and its Browser accept connections: what secure mode must cover, who says so, and who could not be asked. */
export function ListenersSection() {
  const styles = useTabStyles();
  const text = useText();
  const { listeners, asked, differences, remotePipes } = useSnapshot().listeners;
  const { listeners: words } = text.security;
  const columns = useMemo(() => columnsIn(text), [text]);
  return (
    <Section title={words.title}>
      {asked.map(({ source, found }) =>
        found.state === 'unknown' ? <UnknownReading key={source} reading={found} /> : null,
      )}
      {differences.length === 0 ? null : (
        <Callout tone="attention" title={words.differences}>
          <ul>
            {differences.map((difference) => (
              <li key={difference}>{difference}</li>
            ))}
          </ul>
        </Callout>
      )}
      {listeners.length > 0 ? (
        <DataTable label={words.table} columns={columns} rows={listeners} rowKey={rowKey} />
      ) : asked.every(({ found }) => found.state === 'known') ? (
        <p className={styles.quiet}>{words.none}</p>
      ) : null}
      {remotePipes.state === 'unknown' ? (
        <UnknownReading reading={remotePipes} />
      ) : (
        <FactList
          facts={[
            [
              words.pipes,
              <Tag key="pipes" tone={remotePipes.value ? 'attention' : 'good'}>
                {remotePipes.value ? words.pipesOn : words.pipesOff}
              </Tag>,
            ],
          ]}
        />
      )}
    </Section>
  );
}

const rowKey = ({ protocol, address, port }: Row) => `${protocol} ${address} ${port}`;

function columnsIn({
  security: {
    listeners: { columns, sources },
  },
}: Text): readonly Column<Row>[] {
  const known = (row: Row) => row.sources.map((source) => sources[source]).join(', ');
  return [
    { id: 'port', title: columns.port, cell: (row) => row.port, by: (row) => row.port },
    { id: 'protocol', title: columns.protocol, cell: (row) => row.protocol.toUpperCase(), by: (row) => row.protocol },
    { id: 'address', title: columns.address, cell: (row) => row.address, by: (row) => row.address },
    { id: 'purpose', title: columns.purpose, cell: (row) => row.purpose, by: (row) => row.purpose },
    { id: 'sources', title: columns.sources, cell: known, by: known },
  ];
}
