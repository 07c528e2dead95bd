import { ProgressBar, makeStyles, tokens } from '@fluentui/react-components';
import type { Progress, ProgressStep } from '#shared/snapshot.ts';
import type { Text } from '../../text/text.ts';
import { useText } from '../session-context.tsx';
import { StepList } from './step-list.tsx';

const useStyles = makeStyles({
  view: { display: 'flex', flexDirection: 'column', gap: '10px' },
  quiet: { color: tokens.colorNeutralForeground2 },
});

const past = new Set<ProgressStep['state']>(['done', 'already-so', 'undone']);

/** The step that is worked on, as one line: what screen readers hear and the banner shows. */
export function currentStepLine(steps: readonly ProgressStep[], text: Text): string {
  const index = steps.findIndex((step) => step.state === 'running');
  const step = steps[index];
  return step ? text.shell.running.step(index + 1, steps.length, step.title) : '';
}

/** A running change: how far it is and what it is doing. Without progress from main it says only that it was begun. */
export function ProgressView({ progress }: { readonly progress: Progress | null }) {
  const styles = useStyles();
  const text = useText();
  if (!progress) {
    return (
      <div className={styles.view}>
        <ProgressBar aria-label={text.changes.applying} />
        <p>{text.changes.waitingForMain}</p>
      </div>
    );
  }
  const finished = progress.steps.filter((step) => past.has(step.state)).length;
  return (
    <div className={styles.view}>
      <ProgressBar value={finished} max={Math.max(1, progress.steps.length)} aria-label={progress.title} />
      <StepList label={progress.title} steps={progress.steps} />
      <p className={styles.quiet}>{text.changes.applyingHint}</p>
    </div>
  );
}
