import { Button, Spinner } from '@fluentui/react-components';
import { useState } from 'react';
import type { ReactElement } from 'react';
import type { Result } from '#shared/result.ts';
import type { Snapshot } from '#shared/snapshot.ts';
import { FailureMessage } from '../../../components/failure-message.tsx';
import { LiveLine } from '../../../components/live-line.tsx';
import { useSession } from '../../../components/session-context.tsx';
import { notAsked } from '../../../store/asked.ts';
import type { Asked } from '../../../store/asked.ts';
import { answered, takeAnswer } from '../../../store/session.ts';

interface AskAnewProps {
  readonly icon: ReactElement;
  readonly label: string;
  /** Has main look; its answer is what is shown from then on. */
  readonly ask: () => Promise<Result<Snapshot>>;
  /** Read out while main looks, and when it has. */
  readonly asking: string;
  readonly done: string;
}

/** Has main look again at something that takes a while, at a person's word. Why it could not stands before the button. */
export function AskAnew({ icon, label, ask, asking, done }: AskAnewProps) {
  const { store } = useSession();
  const [asked, setAsked] = useState<Asked<null>>(notAsked);
  const runs = asked.state === 'asking';
  const start = async () => {
    setAsked({ state: 'asking' });
    const answer = await answered(ask());
    if (answer.ok) takeAnswer(store, answer);
    setAsked(answer.ok ? { state: 'answered', value: null } : { state: 'failed', failure: answer.error });
  };
  return (
    <>
      {asked.state === 'failed' ? <FailureMessage failure={asked.failure} /> : null}
      <div>
        <Button
          icon={runs ? <Spinner size="extra-tiny" aria-hidden /> : icon}
          disabledFocusable={runs}
          onClick={() => void start()}
        >
          {label}
        </Button>
      </div>
      <LiveLine>{runs ? asking : asked.state === 'answered' ? done : ''}</LiveLine>
    </>
  );
}
