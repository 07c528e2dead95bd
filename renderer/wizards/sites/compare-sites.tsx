import { Button, Field, Select, makeStyles } from '@fluentui/react-components';
import { useMemo, useState } from 'react';
import type { ProfileDifference, SiteEntry } from '#shared/sites.ts';
import { DataTable } from '../../components/data-table.tsx';
import type { Column } from '../../components/data-table.tsx';
import { FailureMessage } from '../../components/failure-message.tsx';
import { Section } from '../../components/section.tsx';
import { useSession, useText } from '../../components/session-context.tsx';
import { Tag } from '../../components/tag.tsx';
import { Waiting } from '../../components/waiting.tsx';
import { answerOf, notAsked } from '../../store/asked.ts';
import type { Asked } from '../../store/asked.ts';
import { answered } from '../../store/session.ts';
import type { Text } from '../../text/text.ts';

const useStyles = makeStyles({
  form: { display: 'flex', flexWrap: 'wrap', gap: '8px 12px', alignItems: 'flex-end' },
  choice: { flex: '1 1 200px', maxWidth: '320px', minWidth: 0, '& > *': { maxWidth: '100%' } },
});

interface Compared {
  readonly left: string;
  readonly right: string;
  readonly differences: readonly ProfileDifference[];
}

/** What differs between two profiles, path by path. */
export function CompareSites({ entries }: { readonly entries: readonly SiteEntry[] }) {
  const styles = useStyles();
  const { client } = useSession();
  const { sites } = useText();
  const whole = entries.flatMap(({ id, profile }) => (profile === null ? [] : [{ id, name: profile.name }]));
  const [chosen, setChosen] = useState({ left: whole[0]?.id ?? '', right: whole[1]?.id ?? '' });
  const [asked, setAsked] = useState<Asked<Compared>>(notAsked);
  const same = chosen.left === chosen.right;
  const nameOf = (id: string) => whole.find((site) => site.id === id)?.name ?? id;
  const compare = async () => {
    setAsked({ state: 'asking' });
    const answer = answerOf(await answered(client.sites.difference(chosen)));
    setAsked(
      answer.state === 'answered'
        ? {
            state: 'answered',
            value: { left: nameOf(chosen.left), right: nameOf(chosen.right), differences: answer.value },
          }
        : answer,
    );
  };
  const choice = (side: 'left' | 'right', label: string) => (
    <Field className={styles.choice} label={label}>
      <Select value={chosen[side]} onChange={(_event, { value }) => setChosen({ ...chosen, [side]: value })}>
        {whole.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
    </Field>
  );
  return (
    <Section title={sites.compare}>
      <div className={styles.form}>
        {choice('left', sites.compareLeft)}
        {choice('right', sites.compareRight)}
        <Button
          disabledFocusable={same}
          {...(same ? { title: sites.compareChoose } : {})}
          onClick={() => {
            if (!same) void compare();
          }}
        >
          {sites.compareDo}
        </Button>
      </div>
      {same ? <p>{sites.compareChoose}</p> : null}
      {asked.state === 'asking' ? <Waiting>{sites.comparing}</Waiting> : null}
      {asked.state === 'failed' ? <FailureMessage failure={asked.failure} /> : null}
      {asked.state === 'answered' ? <Differences compared={asked.value} /> : null}
    </Section>
  );
}

function Differences({ compared }: { readonly compared: Compared }) {
  const text = useText();
  const columns = useMemo(() => columnsIn(text, compared), [text, compared]);
  if (compared.differences.length === 0) return <output>{text.sites.compareSame}</output>;
  return (
    <DataTable
      label={text.sites.differences}
      columns={columns}
      rows={compared.differences}
      rowKey={({ path }) => path}
    />
  );
}

function columnsIn({ sites }: Text, { left, right }: Compared): readonly Column<ProfileDifference>[] {
  const side = (value: string | null) => value ?? <Tag tone="neutral">{sites.absent}</Tag>;
  return [
    { id: 'path', title: sites.path, cell: (row) => <code>{row.path}</code>, by: (row) => row.path },
    { id: 'left', title: left, cell: (row) => side(row.left) },
    { id: 'right', title: right, cell: (row) => side(row.right) },
  ];
}
