import { makeStyles, tokens } from '@fluentui/react-components';
import type { LockdownStep } from '#shared/snapshot.ts';
import { Claims } from '../../components/change/claims.tsx';
import { PlannedChanges } from '../../components/change/plan-steps.tsx';
import { StepList } from '../../components/change/step-list.tsx';
import { useText } from '../../components/session-context.tsx';
import type { StartedLockdown } from './open-lockdown.ts';
import { useLockdownProgress } from './use-lockdown-progress.ts';

const useStyles = makeStyles({
  summary: { color: tokens.colorBrandForegroundLink, fontSize: tokens.fontSizeBase200 },
  planned: { display: 'flex', flexDirection: 'column', gap: '8px', paddingBlock: '6px' },
});

interface LockdownStepsProps {
  readonly lockdown: StartedLockdown;
  /** False where the claims of all steps stand together already. */
  readonly claims?: boolean;
}

/** The steps of a lockdown, as fresh as main tells them, each with what was planned and what was proved. */
export function LockdownSteps({ lockdown, claims = true }: LockdownStepsProps) {
  const { lockdown: words } = useText();
  const progress = useLockdownProgress();
  const newest = new Map(progress?.steps.map((step) => [step.id, step]));
  const steps = lockdown.steps.map((step): LockdownStep => ({ ...step, ...newest.get(step.id) }));
  return (
    <StepList label={words.steps} steps={steps} renderDetail={(step) => <StepDetail step={step} claims={claims} />} />
  );
}

function StepDetail({ step, claims }: { readonly step: LockdownStep; readonly claims: boolean }) {
  const styles = useStyles();
  const { lockdown, changes } = useText();
  return (
    <>
      {claims && step.claims.length > 0 ? <Claims claims={step.claims} /> : null}
      {step.planned.length > 0 ? (
        <details>
          <summary className={styles.summary}>
            {lockdown.planned} ({changes.changeCount(step.planned.length)})
          </summary>
          <div className={styles.planned}>
            <PlannedChanges changes={step.planned} />
          </div>
        </details>
      ) : null}
    </>
  );
}
