import { ProgressBar } from '@fluentui/react-components';
import { StopButton } from '../../components/change/change-actions.tsx';
import { currentStepLine } from '../../components/change/progress-view.tsx';
import { useProgress } from '../../components/change/use-progress.ts';
import { LiveLine } from '../../components/live-line.tsx';
import { Section } from '../../components/section.tsx';
import { useScreen, useText } from '../../components/session-context.tsx';
import type { ChangeFlow } from '../../store/change-flow.ts';
import { useTabStyles } from '../../tabs/use-tab-styles.ts';
import { LoginProgress } from './login-progress.tsx';
import { loginsOf } from './rotation-part.ts';

/** Part 3: the rotation while it runs, login by login, and the way to stop it at the next safe point. */
export function RunPart() {
  const flow = useScreen((state) => state.change);
  return flow ? <Running flow={flow} /> : null;
}

function Running({ flow }: { readonly flow: ChangeFlow }) {
  const styles = useTabStyles();
  const text = useText();
  const { wizard: words } = text.rotation;
  const progress = useProgress(flow.request.change);
  const steps = progress?.steps ?? [];
  const past = steps.filter(({ state }) => state === 'done' || state === 'already-so').length;
  return (
    <Section title={words.progress}>
      <ProgressBar aria-label={words.progress} {...(steps.length === 0 ? {} : { value: past, max: steps.length })} />
      {steps.length === 0 ? <output>{text.changes.waitingForMain}</output> : null}
      <LiveLine>{currentStepLine(steps, text)}</LiveLine>
      {flow.phase.name === 'applying' && progress?.cancellable === true ? (
        <div className={styles.stack}>
          <div>
            <StopButton flow={flow} asked={flow.phase.stopAsked} />
          </div>
          <p className={styles.quiet}>{words.stopMeans}</p>
        </div>
      ) : null}
      <LoginProgress steps={steps} logins={loginsOf(flow)} />
      <p className={styles.quiet}>{words.running}</p>
    </Section>
  );
}
