import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { addressText } from '#shared/site-profile.ts';
import type { SiteEntry } from '#shared/sites.ts';
import { Callout } from '../../components/callout.tsx';
import { FailureMessage } from '../../components/failure-message.tsx';
import { FaultList } from '../../components/fault-list.tsx';
import { Moment } from '../../components/moment.tsx';
import { PermittedButton } from '../../components/permitted-button.tsx';
import { useSession, useSnapshot, useText } from '../../components/session-context.tsx';
import { Tag } from '../../components/tag.tsx';
import { answerOf, notAsked } from '../../store/asked.ts';
import type { Asked } from '../../store/asked.ts';
import { editSite } from '../../store/assistant.ts';
import { answered } from '../../store/session.ts';
import { useTabStyles } from '../../tabs/use-tab-styles.ts';
import { countText } from '../../text/moments.ts';
import type { Text } from '../../text/text.ts';

const useStyles = makeStyles({
  line: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '8px 16px',
    padding: '12px 14px',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    overflowWrap: 'anywhere',
  },
  what: { flex: '1 1 280px', minWidth: 0, display: 'flex', flexDirection: 'column', gap: '2px' },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '4px 10px' },
  name: { fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  quiet: { color: tokens.colorNeutralForeground2 },
  whole: { flex: '1 1 100%', minWidth: 0 },
});

interface SiteLineProps {
  readonly entry: SiteEntry;
  readonly onOpen: () => void;
}

/** One site: where it is, what was last seen of it, and what can be done with it. */
export function SiteLine({ entry, onOpen }: SiteLineProps) {
  const { sites } = useText();
  const session = useSession();
  const { id, profile } = entry;
  const name = profile?.name ?? id;
  const remove = (
    <PermittedButton size="small" request={{ change: 'sites.remove', id }} label={sites.removeNamed(name)}>
      {sites.removeSite}
    </PermittedButton>
  );
  if (profile === null) {
    return (
      <Line
        name={name}
        tag={<Tag tone="danger">{sites.damaged}</Tag>}
        actions={remove}
        below={
          <Callout tone="danger" title={sites.damagedWhat} next={sites.damagedNext}>
            <FaultList faults={entry.faults} />
          </Callout>
        }
      />
    );
  }
  return (
    <Line
      name={name}
      tag={entry.open ? <Tag tone="good">{sites.isOpen}</Tag> : null}
      where={`${addressText(profile.endpoint)} · ${profile.endpoint.database}`}
      seen={<LastSeen entry={entry} />}
      actions={
        <>
          {entry.open ? null : (
            <Button size="small" appearance="primary" aria-label={sites.openNamed(name)} onClick={onOpen}>
              {sites.openSite}
            </Button>
          )}
          <Button
            size="small"
            aria-label={sites.editNamed(name)}
            onClick={() => editSite(session, id, profile, 'server')}
          >
            {sites.editSite}
          </Button>
          <ExportButton id={id} name={name} />
          {remove}
        </>
      }
    />
  );
}

/** The site that is always there. */
export function TrainingLine({ onOpen }: { readonly onOpen: () => void }) {
  const { sites } = useText();
  const { site } = useSnapshot();
  const isOpen = site.kind === 'training';
  return (
    <Line
      name={sites.training}
      tag={isOpen ? <Tag tone="good">{sites.isOpen}</Tag> : null}
      where={sites.trainingWhat}
      actions={
        isOpen ? null : (
          <Button size="small" aria-label={sites.openNamed(sites.training)} onClick={onOpen}>
            {sites.openSite}
          </Button>
        )
      }
    />
  );
}

interface LineProps {
  readonly name: string;
  readonly tag: ReactNode;
  readonly where?: string;
  readonly seen?: ReactNode;
  readonly actions: ReactNode;
  readonly below?: ReactNode;
}

function Line({ name, tag, where, seen, actions, below }: LineProps) {
  const styles = useStyles();
  const tab = useTabStyles();
  return (
    <li className={styles.line}>
      <div className={styles.what}>
        <div className={styles.head}>
          <h3 className={styles.name}>{name}</h3>
          {tag}
        </div>
        {where === undefined ? null : <span>{where}</span>}
        {seen === undefined ? null : <span className={styles.quiet}>{seen}</span>}
      </div>
      <div className={tab.buttons}>{actions}</div>
      {below === undefined ? null : <div className={styles.whole}>{below}</div>}
    </li>
  );
}

function LastSeen({ entry: { lastSeen } }: { readonly entry: SiteEntry }) {
  const { sites, shell, locale } = useText();
  if (lastSeen === null) return sites.neverSeen;
  const { at, commissioning, controllers, drift } = lastSeen;
  return (
    <>
      {sites.lastSeen} <Moment at={at} />: {shell.commissioning.title} {lastWord(commissioning, shell.commissioning)} ·{' '}
      {sites.controllers(countText(controllers, locale))} ·{' '}
      {drift === 0 ? sites.noDrift : <Tag tone="danger">{sites.drift(drift)}</Tag>}
    </>
  );
}

function ExportButton({ id, name }: { readonly id: string; readonly name: string }) {
  const styles = useStyles();
  const { client } = useSession();
  const { sites } = useText();
  const [saving, setSaving] = useState<Asked<{ readonly path: string | null }>>(notAsked);
  const save = async () => {
    setSaving({ state: 'asking' });
    setSaving(answerOf(await answered(client.sites.export({ id }))));
  };
  return (
    <>
      <Button
        size="small"
        aria-label={sites.exportNamed(name)}
        disabledFocusable={saving.state === 'asking'}
        onClick={() => void save()}
      >
        {sites.exportSite}
      </Button>
      {saving.state === 'failed' ? <FailureMessage failure={saving.failure} /> : null}
      {saving.state === 'answered' ? (
        <output className={styles.quiet}>
          {saving.value.path === null ? sites.notExported : sites.exported(saving.value.path)}
        </output>
      ) : null}
    </>
  );
}

type Words = Text['shell']['commissioning'];

/** The state in a word. It was noted by whichever version of Mortise was here; what this one does not know stays as it is. */
function lastWord(state: string, words: Words): string {
  const known: { readonly [State in string]?: string } = {
    on: words.on,
    off: words.off,
    'locked-by-time': words.lockedByTime,
    rehearsing: words.rehearsing,
    'rehearsal-over': words.rehearsalOver,
    upgrading: words.upgrading,
    'not-prepared': words.notPrepared,
    'half-prepared': words.halfPrepared,
  };
  return (Object.hasOwn(known, state) ? known[state] : undefined) ?? state;
}
