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

/** "Finished" is said in green only while no claim of it was refuted or left open. */
function toneOf({ state, steps }: StartedLockdown): Tone {
  const proved = steps.every((step) => step.claims.every((claim) => claim.verdict === 'verified'));
  return state === 'finished' && !proved ? 'attention' : tones[state];
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
  const done = lockdown.steps.filter(({ state }) => state === 'done' || state === 'already-so').length;
  const facts: Fact[] = [
    [words.startedBy(lockdown.engineer), <Moment key="started" at={lockdown.startedAt} />],
    ...(lockdown.endedAt === null ? [] : [[words.ended, <Moment key="ended" at={lockdown.endedAt} />] as const]),
    [words.steps, words.doneOf(done, lockdown.steps.length)],
  ];
  return (
    <>
      <Callout
        tone={toneOf(lockdown)}
        title={words.states[lockdown.state]}
        {...(news ? { live: lockdown.state === 'failed' ? ('alert' as const) : ('status' as const) } : {})}
      >
        {words.meaning[lockdown.state]}
      </Callout>
      <FactList facts={facts} />
    </>
  );
}
