import { makeStyles, tokens } from '@fluentui/react-components';
import { useMemo } from 'react';
import type { Controller, Controllers } from '#shared/snapshot.ts';
import { DataTable } from '../../components/data-table.tsx';
import type { Column } from '../../components/data-table.tsx';
import { Moment } from '../../components/moment.tsx';
import { ReadingView } from '../../components/reading-view.tsx';
import { Section } from '../../components/section.tsx';
import { useSnapshot, useText } from '../../components/session-context.tsx';
import { countText } from '../../text/moments.ts';
import type { Text } from '../../text/text.ts';
import { useTabStyles } from '../use-tab-styles.ts';
import { ControllerFilter } from './controller-filter.tsx';
import { ControllerTags } from './controller-tags.tsx';
import { useControllerFilter } from './use-controller-filter.ts';

const useStyles = makeStyles({
  counts: { display: 'flex', flexWrap: 'wrap', gap: '4px 20px' },
  count: { display: 'flex', gap: '6px', alignItems: 'baseline' },
  term: { color: tokens.colorNeutralForeground3 },
  number: { fontWeight: tokens.fontWeightSemibold, fontVariantNumeric: 'tabular-nums' },
  foot: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
});

/** The controllers with their register state. */
export function ControllersSection() {
  const { controllers: words } = useText();
  const { controllers } = useSnapshot();
  return (
    <Section title={words.title}>
      <ReadingView reading={controllers}>{(value) => <ControllerList controllers={value} />}</ReadingView>
    </Section>
  );
}

function ControllerList({ controllers }: { readonly controllers: Controllers }) {
  const styles = useStyles();
  const tab = useTabStyles();
  const text = useText();
  const words = text.controllers;
  const columns = useMemo(() => columnsIn(text), [text]);
  const filter = useControllerFilter(controllers.listed);
  if (controllers.total === 0 && controllers.listed.length === 0) return <p className={tab.quiet}>{words.empty}</p>;
  return (
    <>
      <Counts controllers={controllers} />
      <ControllerFilter filter={filter} />
      {filter.matching.length === 0 ? (
        <p className={tab.quiet}>{words.noMatch}</p>
      ) : (
        <DataTable label={words.table} columns={columns} rows={filter.matching} rowKey={(row) => row.key} tall />
      )}
      <output className={styles.foot}>
        {words.shown(countText(filter.matching.length, text.locale), countText(controllers.total, text.locale))}
        {controllers.bound > 0 ? ` · ${words.boundMeans}` : null}
      </output>
    </>
  );
}

function Counts({ controllers }: { readonly controllers: Controllers }) {
  const styles = useStyles();
  const { controllers: words, locale } = useText();
  const names = ['total', 'bound', 'new', 'changed', 'missing', 'asleep', 'unsupported'] as const;
  return (
    <dl className={styles.counts}>
      {names
        .filter((name) => name === 'total' || controllers[name] > 0)
        .map((name) => (
          <div key={name} className={styles.count}>
            <dt className={styles.term}>{words.counts[name]}</dt>
            <dd className={styles.number}>{countText(controllers[name], locale)}</dd>
          </div>
        ))}
    </dl>
  );
}

/** What needs attention sorts first. */
const urgency = { changed: 0, missing: 1, new: 2, unregistered: 3, bound: 4 } as const;

function columnsIn({ controllers: { columns, neverHeard } }: Text): readonly Column<Controller>[] {
  return [
    {
      id: 'state',
      title: columns.state,
      cell: (row) => <ControllerTags controller={row} />,
      by: (row) => urgency[row.state] * 4 - (row.asleep ? 2 : 0) - (row.supported ? 0 : 1),
    },
    { id: 'name', title: columns.name, cell: (row) => row.name, by: (row) => row.name },
    { id: 'serial', title: columns.serial, cell: (row) => row.serial, by: (row) => row.serial },
    { id: 'address', title: columns.address, cell: (row) => row.address, by: (row) => row.address },
    { id: 'model', title: columns.model, cell: (row) => row.model, by: (row) => row.model },
    {
      id: 'last-seen',
      title: columns.lastSeen,
      cell: (row) => (row.lastSeen === null ? neverHeard : <Moment at={row.lastSeen} />),
      by: (row) => (row.lastSeen === null ? 0 : Date.parse(row.lastSeen)),
    },
  ];
}
