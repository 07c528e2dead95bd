import { Spinner, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { ArrowUndoRegular } from '@fluentui/react-icons/svg/arrow-undo';
import { CheckmarkCircleFilled } from '@fluentui/react-icons/svg/checkmark-circle';
import { CircleRegular } from '@fluentui/react-icons/svg/circle';
import { ErrorCircleFilled } from '@fluentui/react-icons/svg/error-circle';
import { WarningFilled } from '@fluentui/react-icons/svg/warning';
import type { ReactNode } from 'react';
import type { StepState } from '#shared/plan.ts';
import type { ProgressStep } from '#shared/snapshot.ts';
import { FailureMessage } from '../failure-message.tsx';
import { useText } from '../session-context.tsx';
import type { Icon } from '../tone.tsx';

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column' },
  step: {
    display: 'grid',
    gridTemplateColumns: '24px minmax(0, 1fr)',
    columnGap: '10px',
    paddingBlock: '6px',
    overflowWrap: 'anywhere',
  },
  icon: { display: 'flex', justifyContent: 'center', alignSelf: 'start', fontSize: '20px', paddingBlockStart: '1px' },
  head: { display: 'flex', flexWrap: 'wrap', gap: '0 12px', alignItems: 'baseline' },
  title: { fontWeight: tokens.fontWeightSemibold },
  word: { marginInlineStart: 'auto', fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
  note: { color: tokens.colorNeutralForeground2 },
  more: { display: 'flex', flexDirection: 'column', gap: '8px', '&:not(:empty)': { marginBlockStart: '6px' } },
  waiting: { color: tokens.colorNeutralForeground3 },
  done: { color: tokens.colorStatusSuccessForeground3 },
  failed: { color: tokens.colorStatusDangerForeground3 },
  interrupted: { color: tokens.colorStatusWarningForeground3 },
  undone: { color: tokens.colorNeutralForeground2 },
});

const icons: { readonly [S in Exclude<StepState, 'running'>]: Icon } = {
  waiting: CircleRegular,
  done: CheckmarkCircleFilled,
  'already-so': CheckmarkCircleFilled,
  failed: ErrorCircleFilled,
  interrupted: WarningFilled,
  undone: ArrowUndoRegular,
};

interface StepListProps<Step extends ProgressStep> {
  readonly label: string;
  readonly steps: readonly Step[];
  /** What else is shown of a step, below its line. */
  readonly renderDetail?: (step: Step) => ReactNode;
}

/** Steps with what became of each: a word, an icon, one line, and the failure in full. */
export function StepList<Step extends ProgressStep>({ label, steps, renderDetail }: StepListProps<Step>) {
  const styles = useStyles();
  const { changes } = useText();
  return (
    <ol className={styles.list} aria-label={label}>
      {steps.map((step, index) => (
        <li key={step.id} className={styles.step} data-state={step.state}>
          <StepIcon state={step.state} />
          <div>
            <div className={styles.head}>
              <span className={mergeClasses(styles.title, step.state === 'waiting' && styles.waiting)}>
                {changes.step(index + 1, step.title)}
              </span>
              <span className={styles.word}>{changes.stepStates[step.state]}</span>
            </div>
            {step.note === null ? null : <p className={styles.note}>{step.note}</p>}
            <div className={styles.more}>
              {step.failure === null ? null : <FailureMessage failure={step.failure} announce={false} />}
              {renderDetail?.(step)}
            </div>
          </div>
        </li>
      ))}
    </ol>
  );
}

function StepIcon({ state }: { readonly state: StepState }) {
  const styles = useStyles();
  if (state === 'running') {
    return (
      <span className={styles.icon} aria-hidden>
        <Spinner size="tiny" />
      </span>
    );
  }
  const Shown = icons[state];
  const colour = state === 'already-so' ? styles.done : styles[state];
  return (
    <span className={mergeClasses(styles.icon, colour)}>
      <Shown aria-hidden />
    </span>
  );
}
