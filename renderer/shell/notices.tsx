import { makeStyles } from '@fluentui/react-components';
import type { Notice } from '#shared/snapshot.ts';
import { Callout } from '../components/callout.tsx';
import { FailureMessage } from '../components/failure-message.tsx';
import { useScreen, useSnapshot, useText } from '../components/session-context.tsx';
import type { Tone } from '../components/tone.tsx';

const useStyles = makeStyles({
  notices: { display: 'flex', flexDirection: 'column', gap: '6px', padding: '0 20px 10px' },
});

const tones: { readonly [S in Notice['severity']]: Tone } = {
  information: 'neutral',
  warning: 'attention',
  error: 'danger',
};

/** What main wants the engineer to know before anything else. */
export function Notices() {
  const styles = useStyles();
  const { shell } = useText();
  const { notices } = useSnapshot();
  const refreshFailure = useScreen((state) => state.refreshFailure);
  if (notices.length === 0 && refreshFailure === null) return null;
  return (
    <section className={styles.notices} aria-label={shell.notices}>
      {refreshFailure ? <FailureMessage failure={refreshFailure} title={shell.notRefreshed} /> : null}
      {notices.map((notice) => (
        <Callout
          key={notice.id}
          tone={tones[notice.severity]}
          title={notice.sentence}
          next={notice.next}
          live="status"
        />
      ))}
    </section>
  );
}
