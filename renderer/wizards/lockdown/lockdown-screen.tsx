import { Button } from '@fluentui/react-components';
import { ArrowLeftRegular } from '@fluentui/react-icons/svg/arrow-left';
import { useScreen, useSession, useSnapshot, useText } from '../../components/session-context.tsx';
import { useTabStyles } from '../../tabs/use-tab-styles.ts';
import { ScreenTitle } from '../screen-title.tsx';
import { leaveLockdown } from './leave-lockdown.ts';
import { AskStage } from './stage-ask.tsx';
import { OutcomeStage } from './stage-outcome.tsx';
import { PlanStage } from './stage-plan.tsx';
import { RunStage } from './stage-run.tsx';
import { StageTrack } from './stage-track.tsx';
import { stageOf, stages } from './lockdown-stage.ts';

const parts = { ask: AskStage, plan: PlanStage, run: RunStage, outcome: OutcomeStage } as const;

/** The guided lockdown's own screen: what will happen, the plan, the progress, the outcome. */
export function LockdownScreen() {
  const tab = useTabStyles();
  const session = useSession();
  const { lockdown: words } = useText();
  const { lockdown } = useSnapshot();
  const flow = useScreen((state) => state.change);
  const asks = useScreen((state) => state.asksLockdown);
  const stage = stageOf(flow, lockdown, asks);
  const Part = parts[stage];
  const part = words.stage(stages.indexOf(stage) + 1, stages.length, words.stages[stage]);
  const outcome = flow?.phase.name === 'ended' ? ` ${flow.phase.outcome.title}.` : '';
  const said = `${part}.${outcome}`;
  return (
    <div className={tab.tab}>
      <div>
        <Button appearance="subtle" icon={<ArrowLeftRegular />} onClick={() => leaveLockdown(session)}>
          {words.leave}
        </Button>
      </div>
      <ScreenTitle key={stage}>{words.title}</ScreenTitle>
      <StageTrack stage={stage} label={said} />
      <Part />
    </div>
  );
}
