import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import { useEffect, useRef, useState } from 'react';
import { fallbackFocus } from '../../components/change/use-focus-return.ts';
import { useScreen, useSession, useText } from '../../components/session-context.tsx';
import { goToStep, leaveAssistant, wouldLose } from '../../store/assistant.ts';
import { assistantSteps } from '../../store/assistant-state.ts';
import type { Assistant, AssistantStep } from '../../store/assistant-state.ts';
import { checkDraft } from '../../store/assistant-asking.ts';
import { isInDialog } from '../../store/change-flow.ts';
import { AssistantTrack } from './assistant-track.tsx';
import { LeaveDialog } from './leave-dialog.tsx';
import { StepDatabase } from './step-database.tsx';
import { StepLogins } from './step-logins.tsx';
import { StepReview } from './step-review.tsx';
import { StepServer } from './step-server.tsx';
import { StepStart } from './step-start.tsx';
import { StepTable } from './step-table.tsx';
import { useSavedSite } from './use-saved-site.ts';

const useStyles = makeStyles({
  page: { minHeight: '100vh', display: 'flex', flexDirection: 'column' },
  top: {
    display: 'flex',
    flexDirection: 'column',
    gap: '10px',
    padding: '12px 20px',
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  head: { display: 'flex', alignItems: 'flex-start', gap: '12px' },
  title: {
    fontSize: tokens.fontSizeBase600,
    lineHeight: tokens.lineHeightBase600,
    fontWeight: tokens.fontWeightSemibold,
    overflowWrap: 'anywhere',
    minWidth: 0,
    flexGrow: 1,
  },
  content: {
    flexGrow: 1,
    width: '100%',
    maxWidth: '960px',
    margin: '0 auto',
    padding: '16px 20px 24px',
    boxSizing: 'border-box',
    outlineStyle: 'none',
  },
  foot: {
    position: 'sticky',
    bottom: 0,
    zIndex: 2,
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '6px 12px',
    padding: '10px 20px',
    backgroundColor: tokens.colorNeutralBackground1,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    // With text of 200 % in the smallest window it would cover half of the fields.
    '@media (max-height: 480px)': { position: 'static' },
  },
  hint: { flex: '1 1 260px', color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  buttons: { display: 'flex', gap: '8px' },
});

const parts: { readonly [S in AssistantStep]: () => React.ReactNode } = {
  start: StepStart,
  server: StepServer,
  database: StepDatabase,
  table: StepTable,
  logins: StepLogins,
  review: StepReview,
};

/** A moment after the last stroke, so that main is not asked for each letter. */
const checkAfter = 250;

/** The full-page dialog in which a site profile is made or changed, part by part; going back keeps everything. */
export function AssistantScreen() {
  const assistant = useScreen((state) => state.assistant);
  return assistant === null ? null : <OpenAssistant assistant={assistant} />;
}

function OpenAssistant({ assistant }: { readonly assistant: Assistant }) {
  const styles = useStyles();
  const session = useSession();
  const { siteAssistant: words } = useText();
  const [leaving, setLeaving] = useState(false);
  const { id, step, draft } = assistant;
  useSavedSite();
  useEffect(() => {
    const timer = setTimeout(() => void checkDraft(session, draft), checkAfter);
    return () => clearTimeout(timer);
  }, [session, draft]);
  const leave = () => {
    const now = session.store.getState().assistant;
    if (now !== null && wouldLose(now)) setLeaving(true);
    else leaveAssistant(session, 'forget');
  };
  useEscape(leave);
  const Part = parts[step];
  const index = assistantSteps.indexOf(step);
  const before = assistantSteps[index - 1];
  const after = assistantSteps[index + 1];
  const shownTitle = id === null ? words.titleNew : words.titleEdit(assistant.opened.name);
  return (
    <div className={styles.page}>
      <title>{`${shownTitle} – Mortise`}</title>
      <header className={styles.top}>
        <div className={styles.head}>
          <AssistantTitle key={step}>{shownTitle}</AssistantTitle>
          <Button appearance="subtle" icon={<DismissRegular />} aria-label={words.close} onClick={leave} />
        </div>
        <AssistantTrack assistant={assistant} />
      </header>
      <main id={fallbackFocus} tabIndex={-1} className={styles.content}>
        <Part />
      </main>
      <footer className={styles.foot}>
        <span className={styles.hint}>{words.nothingChanged}</span>
        <div className={styles.buttons}>
          {before === undefined ? null : <Button onClick={() => goToStep(session, before)}>{words.back}</Button>}
          {after === undefined ? null : (
            <Button appearance="primary" onClick={() => goToStep(session, after)}>
              {words.next}
            </Button>
          )}
        </div>
      </footer>
      <LeaveDialog open={leaving} onStay={() => setLeaving(false)} onLeave={(how) => leaveAssistant(session, how)} />
    </div>
  );
}

/** Takes the focus whenever another part is shown, so that reading begins there. */
function AssistantTitle({ children }: { readonly children: string }) {
  const styles = useStyles();
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  return (
    <h1 ref={title} tabIndex={-1} className={styles.title}>
      {children}
    </h1>
  );
}

/** Escape asks to leave; not where a dialog or a list has it. */
function useEscape(leave: () => void): void {
  const { store } = useSession();
  const latest = useRef(leave);
  useEffect(() => {
    latest.current = leave;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || isInDialog(store.getState().change)) return;
      latest.current();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [store]);
}
