import { Button } from '@fluentui/react-components';
import { ArrowLeftRegular } from '@fluentui/react-icons/svg/arrow-left';
import { useScreen, useSession, useText } from '../../components/session-context.tsx';
import { leaveRotation } from '../../store/rotating.ts';
import { useTabStyles } from '../../tabs/use-tab-styles.ts';
import { PartTrack } from '../part-track.tsx';
import { ScreenTitle } from '../screen-title.tsx';
import { ChoosePart } from './choose-part.tsx';
import { OutcomePart } from './outcome-part.tsx';
import { PlanPart } from './plan-part.tsx';
import { RunPart } from './run-part.tsx';
import { rotationPartOf, rotationParts } from './rotation-part.ts';

const screens = { choose: ChoosePart, plan: PlanPart, run: RunPart, outcome: OutcomePart } as const;

/** Rotating passwords step by step: which logins, the plan, the progress, what was proved. */
export function RotationScreen() {
  const tab = useTabStyles();
  const session = useSession();
  const { wizard: words } = useText().rotation;
  const flow = useScreen((state) => state.change);
  const part = rotationPartOf(flow);
  const Shown = screens[part];
  const said = words.part(rotationParts.indexOf(part) + 1, rotationParts.length, words.parts[part]);
  const outcome = flow?.place === 'rotation' && flow.phase.name === 'ended' ? ` ${flow.phase.outcome.title}.` : '';
  return (
    <div className={tab.tab}>
      <div>
        <Button appearance="subtle" icon={<ArrowLeftRegular />} onClick={() => leaveRotation(session)}>
          {words.leave}
        </Button>
      </div>
      <ScreenTitle key={part}>{words.title}</ScreenTitle>
      <PartTrack
        label={words.partsLabel}
        parts={rotationParts.map((each) => words.parts[each])}
        now={words.parts[part]}
        said={`${said}.${outcome}`}
      />
      <Shown />
    </div>
  );
}
