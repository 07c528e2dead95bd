import { Button, makeStyles, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { fallbackFocus } from '../components/change/use-focus-return.ts';
import { FailureMessage } from '../components/failure-message.tsx';
import { Waiting } from '../components/waiting.tsx';
import { SnapshotProvider, useScreen, useSession, useText } from '../components/session-context.tsx';
import type { Failure } from '#shared/errors.ts';
import type { Place } from '../store/screen-store.ts';
import { load } from '../store/session.ts';
import { AssessmentScreen } from '../wizards/assessment/assessment-screen.tsx';
import { PracticeScreen } from '../wizards/practice/practice-screen.tsx';
import { LockdownScreen } from '../wizards/lockdown/lockdown-screen.tsx';
import { AssistantScreen } from '../wizards/new-site/assistant-screen.tsx';
import { RotationScreen } from '../wizards/rotation/rotation-screen.tsx';
import { SitesScreen } from '../wizards/sites/sites-screen.tsx';
import { Header } from './header.tsx';
import { Notices } from './notices.tsx';
import { RunningBanner } from './running-banner.tsx';
import { TabBar, TabPanel } from './tabs.tsx';
import { useShortcuts } from './use-shortcuts.ts';

const useStyles = makeStyles({
  alone: {
    display: 'flex',
    flexDirection: 'column',
    gap: '16px',
    justifyContent: 'center',
    maxWidth: '640px',
    minHeight: '60vh',
    margin: '0 auto',
    padding: '24px',
  },
  top: { backgroundColor: tokens.colorNeutralBackground1, borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  skip: {
    position: 'absolute',
    insetInlineStart: '8px',
    insetBlockStart: '-60px',
    zIndex: 10,
    padding: '6px 12px',
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorBrandForegroundLink,
    ':focus': { insetBlockStart: '8px' },
  },
  content: { padding: '16px 20px 32px', maxWidth: '1360px', margin: '0 auto', outlineStyle: 'none' },
});

/** The frame of the window: header, notices, what runs, and the place where the person is. */
export function Shell() {
  const styles = useStyles();
  const { shell } = useText();
  const view = useScreen((state) => state.view);
  const place = useScreen((state) => state.place);
  useShortcuts();
  if (view.state === 'waiting') {
    return (
      <main className={styles.alone}>
        <Waiting>{shell.waiting}</Waiting>
      </main>
    );
  }
  if (view.state === 'failed') {
    return (
      <main className={styles.alone}>
        <NoSnapshot failure={view.failure} />
      </main>
    );
  }
  // A full-page dialog: with the header of the site that is open beside it, one could take it for that site.
  if (place === 'assistant') {
    return (
      <SnapshotProvider value={view.snapshot}>
        <AssistantScreen />
      </SnapshotProvider>
    );
  }
  return (
    <SnapshotProvider value={view.snapshot}>
      <a className={styles.skip} href={`#${fallbackFocus}`}>
        {shell.skip}
      </a>
      <div className={styles.top}>
        <Header />
        <Notices />
        <RunningBanner />
        {place === 'tabs' ? <TabBar /> : null}
      </div>
      <Content place={place} />
    </SnapshotProvider>
  );
}

const screens: { readonly [P in Exclude<Place, 'assistant'>]: () => ReactNode } = {
  tabs: TabPanel,
  lockdown: LockdownScreen,
  rotation: RotationScreen,
  practice: PracticeScreen,
  assessment: AssessmentScreen,
  sites: SitesScreen,
};

function Content({ place }: { readonly place: keyof typeof screens }) {
  const styles = useStyles();
  const Shown = screens[place];
  return (
    <main id={fallbackFocus} tabIndex={-1} className={styles.content}>
      <Shown />
    </main>
  );
}

function NoSnapshot({ failure }: { readonly failure: Failure }) {
  const session = useSession();
  const { shell, words } = useText();
  return (
    <FailureMessage
      failure={failure}
      title={shell.noSnapshot}
      actions={
        <Button appearance="primary" onClick={() => void load(session)}>
          {words.retry}
        </Button>
      }
    />
  );
}
