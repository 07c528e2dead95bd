import { Button, makeStyles } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { ArrowLeftRegular } from '@fluentui/react-icons/svg/arrow-left';
import { useEffect } from 'react';
import type { SiteEntry } from '#shared/sites.ts';
import { FailureMessage } from '../../components/failure-message.tsx';
import { Section } from '../../components/section.tsx';
import { useScreen, useSession, useText } from '../../components/session-context.tsx';
import { Waiting } from '../../components/waiting.tsx';
import { newSite } from '../../store/assistant.ts';
import { readLibrary } from '../../store/library.ts';
import { useTabStyles } from '../../tabs/use-tab-styles.ts';
import { ScreenTitle } from '../screen-title.tsx';
import { CompareSites } from './compare-sites.tsx';
import { ImportSite } from './import-site.tsx';
import { SiteLine, TrainingLine } from './site-line.tsx';
import { useOpening } from './use-opening.ts';

const useStyles = makeStyles({ list: { display: 'flex', flexDirection: 'column', gap: '10px' } });

/** The library: which sites there are, what was last seen of each, and what can be done with them. */
export function SitesScreen() {
  const tab = useTabStyles();
  const session = useSession();
  const { sites, words } = useText();
  const library = useScreen((state) => state.library);
  // Kept or removed just now: the list is another one.
  const ended = useScreen(({ change }) =>
    change?.phase.name === 'ended' && change.request.change.startsWith('sites.') ? change.phase.outcome : null,
  );
  useEffect(() => void readLibrary(session), [session]);
  useEffect(() => {
    if (ended !== null) void readLibrary(session);
  }, [session, ended]);
  return (
    <div className={tab.tab}>
      <div>
        <Button
          appearance="subtle"
          icon={<ArrowLeftRegular />}
          onClick={() => session.store.setState({ place: 'tabs' })}
        >
          {sites.leave}
        </Button>
      </div>
      <ScreenTitle>{sites.title}</ScreenTitle>
      <p>{sites.intro}</p>
      {library.state === 'not-asked' || library.state === 'asking' ? <Waiting>{sites.reading}</Waiting> : null}
      {library.state === 'failed' ? (
        <FailureMessage
          failure={library.failure}
          title={sites.notRead}
          actions={<Button onClick={() => void readLibrary(session)}>{words.retry}</Button>}
        />
      ) : null}
      {library.state === 'answered' ? <Library entries={library.value} /> : null}
    </div>
  );
}

function Library({ entries }: { readonly entries: readonly SiteEntry[] }) {
  const styles = useStyles();
  const tab = useTabStyles();
  const { sites } = useText();
  const { opening, open } = useOpening();
  if (opening.state === 'asking') return <Waiting>{sites.opening}</Waiting>;
  return (
    <>
      {opening.state === 'failed' ? <FailureMessage failure={opening.failure} title={sites.notOpened} /> : null}
      {entries.length === 0 ? <OnlyTraining /> : null}
      <Section title={sites.list}>
        <ul className={styles.list} aria-label={sites.list}>
          <TrainingLine onOpen={() => open(null)} />
          {entries.map((entry) => (
            <SiteLine key={entry.id} entry={entry} onOpen={() => open(entry.id)} />
          ))}
        </ul>
        {entries.length === 0 ? null : (
          <div className={tab.buttons}>
            <NewSiteButton />
            <ImportSite />
          </div>
        )}
      </Section>
      {entries.filter(({ profile }) => profile !== null).length > 1 ? <CompareSites entries={entries} /> : null}
    </>
  );
}

/** Nothing but the training site: what to do is to describe the first real one. */
function OnlyTraining() {
  const tab = useTabStyles();
  const { sites } = useText();
  return (
    <Section title={sites.empty} leads>
      <p>{sites.emptyWhat}</p>
      <div className={tab.buttons}>
        <NewSiteButton />
        <ImportSite />
      </div>
    </Section>
  );
}

function NewSiteButton() {
  const tab = useTabStyles();
  const session = useSession();
  const { sites } = useText();
  const kept = useScreen(({ assistant }) => assistant !== null && assistant.id === null && !assistant.saved);
  return (
    <div className={tab.stack}>
      <div>
        <Button appearance="primary" icon={<AddRegular />} onClick={() => newSite(session)}>
          {kept ? sites.goOn : sites.newSite}
        </Button>
      </div>
      {kept ? <span className={tab.quiet}>{sites.goOnHint}</span> : null}
    </div>
  );
}
