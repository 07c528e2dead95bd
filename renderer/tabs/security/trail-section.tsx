import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { useMemo, useState } from 'react';
import type { TrailEntry } from '#shared/snapshot.ts';
import type { Failure } from '#shared/errors.ts';
import { DataTable } from '../../components/data-table.tsx';
import type { Column } from '../../components/data-table.tsx';
import { FactList } from '../../components/fact-list.tsx';
import { FailureMessage } from '../../components/failure-message.tsx';
import { Moment } from '../../components/moment.tsx';
import { ReadingView } from '../../components/reading-view.tsx';
import { Section } from '../../components/section.tsx';
import { useSession, useSnapshot, useText } from '../../components/session-context.tsx';
import { Tag } from '../../components/tag.tsx';
import { answered } from '../../store/session.ts';
import { countText } from '../../text/moments.ts';
import type { Text } from '../../text/text.ts';
import { useTabStyles } from '../use-tab-styles.ts';
import { TrailVerify } from './trail-verify.tsx';

const useStyles = makeStyles({
  head: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200 },
});

const more = 200;

/** The record of everything Mortise did here, and whether it still holds. */
export function TrailSection() {
  const styles = useStyles();
  const tab = useTabStyles();
  const { security, locale } = useText();
  const { trail } = useSnapshot();
  return (
    <Section title={security.trail.title}>
      <p className={tab.quiet}>{security.trail.what}</p>
      <ReadingView reading={trail}>
        {({ entries, head, recent }) => (
          <>
            <FactList
              facts={[
                [security.trail.entries, countText(entries, locale)],
                [
                  security.trail.head,
                  <span key="head" className={styles.head}>
                    {head}
                  </span>,
                ],
              ]}
            />
            <TrailVerify />
            <Entries recent={recent} total={entries} />
          </>
        )}
      </ReadingView>
    </Section>
  );
}

function Entries({ recent, total }: { readonly recent: readonly TrailEntry[]; readonly total: number }) {
  const tab = useTabStyles();
  const { client } = useSession();
  const text = useText();
  const { trail: words } = text.security;
  const columns = useMemo(() => columnsIn(text), [text]);
  const [longer, setLonger] = useState<readonly TrailEntry[]>([]);
  const [failure, setFailure] = useState<Failure | null>(null);
  const load = async () => {
    const answer = await answered(client.trail.recent({ most: more }));
    if (answer.ok) setLonger(answer.value);
    setFailure(answer.ok ? null : answer.error);
  };
  // What was fetched once grows old; the snapshot's entries are the newest and win.
  const bySequence = new Map([...longer, ...recent].map((entry) => [entry.sequence, entry]));
  const rows = [...bySequence.values()].toSorted((a, b) => b.sequence - a.sequence);
  if (rows.length === 0) return <p className={tab.quiet}>{words.empty}</p>;
  return (
    <>
      <h3 className={tab.heading}>{words.recent}</h3>
      <DataTable label={words.table} columns={columns} rows={rows} rowKey={(row) => String(row.sequence)} tall />
      {failure ? <FailureMessage failure={failure} /> : null}
      {rows.length < total && longer.length === 0 ? (
        <div>
          <Button size="small" onClick={() => void load()}>
            {words.more}
          </Button>
        </div>
      ) : null}
    </>
  );
}

const tones = { begun: 'neutral', ended: 'good', failed: 'danger', noted: 'neutral' } as const;

function columnsIn({ security: { trail } }: Text): readonly Column<TrailEntry>[] {
  const { columns, phases } = trail;
  return [
    { id: 'sequence', title: columns.sequence, cell: (row) => row.sequence, by: (row) => row.sequence },
    { id: 'at', title: columns.at, cell: (row) => <Moment at={row.at} />, by: (row) => Date.parse(row.at) },
    { id: 'actor', title: columns.actor, cell: (row) => row.actor, by: (row) => row.actor },
    { id: 'operation', title: columns.operation, cell: (row) => row.operation, by: (row) => row.operation },
    {
      id: 'phase',
      title: columns.phase,
      cell: (row) => <Tag tone={tones[row.phase]}>{phases[row.phase]}</Tag>,
      by: (row) => row.phase,
    },
    { id: 'text', title: columns.text, cell: (row) => row.text },
  ];
}
