import { makeStyles, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import type { ListenerSurvey } from '#shared/secure-mode.ts';
import type { Reading } from '#shared/reading.ts';
import type { Login, Service, SessionGroup } from '#shared/snapshot.ts';
import { Section } from '../../components/section.tsx';
import { useSnapshot, useText } from '../../components/session-context.tsx';
import { Tag } from '../../components/tag.tsx';
import { countText } from '../../text/moments.ts';
import { AssessButton, waitsForFirstSteps } from './first-steps.tsx';

const useStyles = makeStyles({
  facts: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(190px, 100%), 1fr))',
    gap: '12px 20px',
  },
  term: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  value: { overflowWrap: 'anywhere', display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: '2px' },
  small: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
});

/** What the engineer wants to know on arriving, without opening anything. */
export function GlanceSection() {
  const styles = useStyles();
  const { general, words, locale } = useText();
  const snapshot = useSnapshot();
  const { site, actor, secretStore, services, listeners, sessions, logins } = snapshot;
  return (
    <Section title={general.glance} {...(waitsForFirstSteps(snapshot) ? {} : { aside: <AssessButton small /> })}>
      <dl className={styles.facts}>
        <GlanceFact term={general.databaseName}>
          {site.database}
          <span className={styles.small}>{site.controllerTable}</span>
        </GlanceFact>
        <GlanceFact term={general.services}>
          {services.length === 0
            ? words.none
            : services.map((service) => <ServiceLine key={service.name} service={service} />)}
        </GlanceFact>
        <GlanceFact term={general.listeners}>
          <Listeners survey={listeners} />
        </GlanceFact>
        <GlanceFact term={general.remoteSessions}>
          <Known reading={sessions}>{(groups) => <RemoteSessions groups={groups} locale={locale} />}</Known>
        </GlanceFact>
        <GlanceFact term={general.defaults}>
          <Known reading={logins}>{(all) => <Defaults logins={all} />}</Known>
        </GlanceFact>
        <GlanceFact term={general.secretStore}>{secretStore.sentence}</GlanceFact>
        <GlanceFact term={general.account}>
          {actor.account}
          <span className={styles.small}>{actor.elevated ? general.elevated : general.notElevated}</span>
        </GlanceFact>
      </dl>
    </Section>
  );
}

/** How many were found; as long as somebody could not be asked, there may be more. */
function Listeners({ survey }: { readonly survey: ListenerSurvey }) {
  const { general } = useText();
  const unread = survey.asked.find(({ found }) => found.state === 'unknown');
  if (unread !== undefined && survey.listeners.length === 0) return <Known reading={unread.found}>{() => null}</Known>;
  return (
    <>
      {general.listenersFound(survey.listeners.length)}
      {unread === undefined ? null : <Known reading={unread.found}>{() => null}</Known>}
    </>
  );
}

function GlanceFact({ term, children }: { readonly term: string; readonly children: ReactNode }) {
  const styles = useStyles();
  return (
    <div>
      <dt className={styles.term}>{term}</dt>
      <dd className={styles.value}>{children}</dd>
    </div>
  );
}

/** In a glance the cause of an unknown fits only as far as its sentence; the tab of the matter has the rest. */
function Known<T>({ reading, children }: { readonly reading: Reading<T>; readonly children: (value: T) => ReactNode }) {
  const styles = useStyles();
  const { words } = useText();
  if (reading.state === 'known') return children(reading.value);
  return (
    <>
      <Tag tone="unknown">{words.unknown}</Tag> <span className={styles.small}>{reading.cause.sentence}</span>
    </>
  );
}

const serviceTones = { running: 'good', stopped: 'danger', starting: 'attention', stopping: 'attention' } as const;

function ServiceLine({ service }: { readonly service: Service }) {
  const { general } = useText();
  return (
    <span>
      {service.name}{' '}
      <Known reading={service.state}>
        {(state) => <Tag tone={serviceTones[state]}>{general.serviceStates[state]}</Tag>}
      </Known>
    </span>
  );
}

function RemoteSessions({ groups, locale }: { readonly groups: readonly SessionGroup[]; readonly locale: string }) {
  const { general, words } = useText();
  const count = (origin: SessionGroup['origin']) =>
    groups.filter((group) => group.origin === origin).reduce((sum, group) => sum + group.sessions, 0);
  const remote = count('remote');
  const cannotTell = count('cannot-tell');
  return (
    <FoundOrNot
      found={remote > 0 ? countText(remote, locale) : null}
      unknown={cannotTell > 0 ? general.sessionsCannotTell(cannotTell) : null}
      none={words.none}
    />
  );
}

function Defaults({ logins }: { readonly logins: readonly Login[] }) {
  const { general } = useText();
  const found = logins.filter(
    ({ publishedDefault }) => publishedDefault.state === 'known' && publishedDefault.value,
  ).length;
  const unknown = logins.filter(({ publishedDefault }) => publishedDefault.state === 'unknown').length;
  return (
    <FoundOrNot
      found={found > 0 ? <Tag tone="danger">{general.defaultsFound(found)}</Tag> : null}
      unknown={unknown > 0 ? general.defaultsSomeUnknown(unknown) : null}
      none={general.defaultsNone}
    />
  );
}

interface FoundOrNotProps {
  readonly found: ReactNode;
  readonly unknown: string | null;
  readonly none: string;
}

/** "None" is said only where nothing is unknown; else the unknown stands first and nothing is called fine. */
function FoundOrNot({ found, unknown, none }: FoundOrNotProps) {
  const styles = useStyles();
  const { general } = useText();
  if (unknown === null) return found ?? none;
  if (found === null) {
    return (
      <>
        <Tag tone="unknown">{unknown}</Tag>
        <span className={styles.small}>{general.noneAmongOthers}</span>
      </>
    );
  }
  return (
    <>
      {found}
      <span className={styles.small}>{unknown}</span>
    </>
  );
}
