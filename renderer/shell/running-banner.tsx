import { Button, makeStyles } from '@fluentui/react-components';
import { Callout } from '../components/callout.tsx';
import { StopButton } from '../components/change/change-actions.tsx';
import { currentStepLine } from '../components/change/progress-view.tsx';
import { useProgress } from '../components/change/use-progress.ts';
import { Moment } from '../components/moment.tsx';
import { useScreen, useSession, useSnapshot, useText } from '../components/session-context.tsx';
import type { ChangeFlow } from '../store/change-flow.ts';
import { cancelChange } from '../store/change-request.ts';
import { showAgain } from '../store/change-steps.ts';

const useStyles = makeStyles({ banner: { padding: '0 20px 10px' } });

/** A change that goes on outside a dialog: put away by the person, or begun before this window was drawn. */
export function RunningBanner() {
  const styles = useStyles();
  const flow = useScreen((state) => state.change);
  const place = useScreen((state) => state.place);
  const tab = useScreen((state) => state.tab);
  const { operation } = useSnapshot();
  const runs = operation?.ended.how === 'not-yet';
  // The lockdown's card leads the General tab, and its own screen shows nothing else.
  const seesLockdown = place === 'lockdown' || (place === 'tabs' && tab === 'general');
  const seesRotation = place === 'rotation' && flow?.place === 'rotation' && flow.phase.name === 'applying';
  const shownElsewhere = seesRotation || (seesLockdown && operation?.change.startsWith('lockdown.') === true);
  if (flow?.hidden === true) {
    return (
      <div className={styles.banner}>
        <HiddenChange flow={flow} />
      </div>
    );
  }
  if (!runs || (flow !== null && flow.place === 'dialog') || shownElsewhere) return null;
  return (
    <div className={styles.banner}>
      <ForeignOperation />
    </div>
  );
}

function HiddenChange({ flow }: { readonly flow: ChangeFlow }) {
  const session = useSession();
  const text = useText();
  const progress = useProgress(flow.request.change);
  const { phase } = flow;
  const sentence =
    phase.name === 'ended'
      ? text.shell.running.ended
      : phase.name === 'failed'
        ? text.shell.running.failed
        : currentStepLine(progress?.steps ?? [], text);
  return (
    <Callout
      tone={phase.name === 'failed' ? 'danger' : phase.name === 'ended' ? 'good' : 'neutral'}
      title={`${text.shell.running.title}: ${text.changes.titles[flow.request.change]}`}
      live="status"
      actions={
        <>
          <Button size="small" onClick={() => showAgain(session)}>
            {text.shell.running.show}
          </Button>
          {phase.name === 'applying' ? <StopButton flow={flow} asked={phase.stopAsked} /> : null}
        </>
      }
    >
      {sentence}
    </Callout>
  );
}

function ForeignOperation() {
  const { client } = useSession();
  const text = useText();
  const { operation } = useSnapshot();
  const pushed = useScreen((state) => state.progress);
  const shown = pushed?.operationId === operation?.operationId ? pushed : operation;
  if (!shown) return null;
  return (
    <Callout
      tone="neutral"
      title={`${text.shell.running.title}: ${shown.title}`}
      live="status"
      {...(shown.cancellable
        ? {
            actions: (
              <Button size="small" onClick={() => void cancelChange(client, shown.change)}>
                {text.changes.stop}
              </Button>
            ),
          }
        : {})}
    >
      {currentStepLine(shown.steps, text)} · {text.shell.running.started} <Moment at={shown.startedAt} />
    </Callout>
  );
}
