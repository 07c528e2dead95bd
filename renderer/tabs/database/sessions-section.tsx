import { useMemo } from 'react';
import type { SessionGroup } from '#shared/snapshot.ts';
import { DataTable } from '../../components/data-table.tsx';
import type { Column } from '../../components/data-table.tsx';
import { ReadingView } from '../../components/reading-view.tsx';
import { Section } from '../../components/section.tsx';
import { useSnapshot, useText } from '../../components/session-context.tsx';
import { Tag } from '../../components/tag.tsx';
import { countText } from '../../text/moments.ts';
import type { Text } from '../../text/text.ts';
import { useTabStyles } from '../use-tab-styles.ts';

/** Who is connected, grouped; from where, as far as that can be told. */
export function SessionsSection() {
  const styles = useTabStyles();
  const text = useText();
  const { sessions } = useSnapshot();
  const columns = useMemo(() => columnsIn(text), [text]);
  return (
    <Section title={text.database.sessions}>
      <ReadingView reading={sessions}>
        {(groups) =>
          groups.length === 0 ? (
            <p className={styles.quiet}>{text.database.noSessions}</p>
          ) : (
            <>
              <DataTable label={text.database.sessionsTable} columns={columns} rows={groups} rowKey={sessionKey} />
              <p className={styles.quiet}>{text.database.ownClaims}</p>
            </>
          )
        }
      </ReadingView>
    </Section>
  );
}

export const sessionKey = ({ login, program, host, address, transport, origin }: SessionGroup): string =>
  [login, program, host, address, transport, origin].join('\n');

const tones = { local: 'neutral', remote: 'attention', 'cannot-tell': 'unknown' } as const;

function columnsIn({ database: { sessionColumns: titles, origins }, locale }: Text): readonly Column<SessionGroup>[] {
  return [
    {
      id: 'origin',
      title: titles.origin,
      cell: (row) => <Tag tone={tones[row.origin]}>{origins[row.origin]}</Tag>,
      by: (row) => row.origin,
    },
    { id: 'program', title: titles.program, cell: (row) => row.program, by: (row) => row.program },
    { id: 'login', title: titles.login, cell: (row) => row.login, by: (row) => row.login },
    { id: 'host', title: titles.host, cell: (row) => row.host, by: (row) => row.host },
    { id: 'address', title: titles.address, cell: (row) => row.address, by: (row) => row.address },
    { id: 'transport', title: titles.transport, cell: (row) => row.transport, by: (row) => row.transport },
    {
      id: 'sessions',
      title: titles.sessions,
      cell: (row) => countText(row.sessions, locale),
      by: (row) => row.sessions,
    },
  ];
}
