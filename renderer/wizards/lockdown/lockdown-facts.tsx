import { Callout } from '../../components/callout.tsx';
import { FactList } from '../../components/fact-list.tsx';
import type { Fact } from '../../components/fact-list.tsx';
import { Moment } from '../../components/moment.tsx';
import { useText } from '../../components/session-context.tsx';
import type { Tone } from '../../components/tone.tsx';
import type { StartedLockdown } from './open-lockdown.ts';

const tones: { readonly [S in StartedLockdown['state']]: Tone } = {
  running: 'neutral',
  undoing: 'neutral',
  interrupted: 'attention',
  failed: 'danger',
  finished: 'good',
  stopped: 'attention',
  undone: 'neutral',
};

/** A finished lockdown is called proved only while there are claims and every one of them was verified. */
function isDoubtful({ state, steps }: StartedLockdown): boolean {
  const claims = steps.flatMap((step) => step.claims);
  const proved = claims.length > 0 && claims.every((claim) => claim.verdict === 'verified');
  return state === 'finished' && !proved;
}

/** What state a lockdown is in, what that means, who started it and when. */
export function LockdownFacts({
  lockdown,
  news = false,
}: {
  readonly lockdown: StartedLockdown;
  readonly news?: boolean;
}) {
  const { lockdown: words } = useText();
  const doubtful = isDoubtful(lockdown);
  const failedStep = lockdown.state === 'failed' ? lockdown.steps.find((step) => step.failure !== null) : undefined;
  const done = lockdown.steps.filter(({ state }) => state === 'done' || state === 'already-so').length;
  const facts: Fact[] = [
    [words.startedBy(lockdown.engineer), <Moment key="started" at={lockdown.startedAt} />],
    ...(lockdown.endedAt === null ? [] : [[words.ended, <Moment key="ended" at={lockdown.endedAt} />] as const]),
    [words.steps, words.doneOf(done, lockdown.steps.length)],
  ];
  return (
    <>
      <Callout
        tone={doubtful ? 'attention' : tones[lockdown.state]}
        title={doubtful ? words.notProved : words.states[lockdown.state]}
        {...(news ? { live: lockdown.state === 'failed' ? ('alert' as const) : ('status' as const) } : {})}
      >
        {failedStep?.failure ? `${failedStep.title}: ${failedStep.failure.sentence} ` : null}
        {doubtful ? words.notProvedMeans : words.meaning[lockdown.state]}
      </Callout>
      <FactList facts={facts} />
    </>
  );
}
