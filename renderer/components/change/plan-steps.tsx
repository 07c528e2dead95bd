import { makeStyles, tokens } from '@fluentui/react-components';
import type { PlanStep } from '#shared/plan.ts';
import { useText } from '../session-context.tsx';
import { PlannedChangeView } from './planned-change.tsx';

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', gap: '8px' },
  step: { border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusMedium },
  title: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: '4px 12px',
    padding: '8px 12px',
    fontWeight: tokens.fontWeightSemibold,
    '::before': { content: '"▸"', color: tokens.colorNeutralForeground3 },
    '&:is(details[open] > *)::before': { content: '"▾"' },
    '::marker': { content: '""' },
  },
  count: { marginInlineStart: 'auto', fontWeight: tokens.fontWeightRegular, color: tokens.colorNeutralForeground3 },
  changes: { display: 'flex', flexDirection: 'column', gap: '8px', padding: '0 12px 12px' },
  quiet: { color: tokens.colorNeutralForeground3 },
});

/** The steps of a plan with all that each will change. They stand open: nothing may be applied unseen. */
export function PlanSteps({ steps }: { readonly steps: readonly PlanStep[] }) {
  const styles = useStyles();
  const { changes } = useText();
  return (
    <ol className={styles.list}>
      {steps.map((step, index) => (
        <li key={step.id}>
          <details className={styles.step} open>
            <summary className={styles.title}>
              <span>{changes.step(index + 1, step.title)}</span>
              <span className={styles.count}>{changes.changeCount(step.changes.length)}</span>
            </summary>
            <div className={styles.changes}>
              <PlannedChanges changes={step.changes} />
            </div>
          </details>
        </li>
      ))}
    </ol>
  );
}

/** The changes of one step. */
export function PlannedChanges({ changes }: { readonly changes: PlanStep['changes'] }) {
  const styles = useStyles();
  const text = useText().changes;
  if (changes.length === 0) return <p className={styles.quiet}>{text.noChanges}</p>;
  return changes.map((change, index) => (
    // A plan is fixed: its changes have no identity but their place.
    // oxlint-disable-next-line react/no-array-index-key
    <PlannedChangeView key={index} change={change} />
  ));
}
