import { Button, Spinner } from '@fluentui/react-components';
import { ShieldQuestionRegular } from '@fluentui/react-icons/svg/shield-question';
import { useState } from 'react';
import { FailureMessage } from '../../../components/failure-message.tsx';
import { LiveLine } from '../../../components/live-line.tsx';
import { useSession, useText } from '../../../components/session-context.tsx';
import { notAsked } from '../../../store/asked.ts';
import type { Asked } from '../../../store/asked.ts';
import { answered, takeAnswer } from '../../../store/session.ts';

/** Where a glance leaves a doubt: the firewall's own word, which takes long or needs rights, and is asked for by a person only. */
export function AskFirewall() {
  const { client, store } = useSession();
  const { secureMode: words } = useText().security;
  const [asked, setAsked] = useState<Asked<null>>(notAsked);
  const asking = asked.state === 'asking';
  const ask = async () => {
    setAsked({ state: 'asking' });
    const answer = await answered(client.secureMode.read({}));
    if (answer.ok) takeAnswer(store, answer);
    setAsked(answer.ok ? { state: 'answered', value: null } : { state: 'failed', failure: answer.error });
  };
  return (
    <>
      {asked.state === 'failed' ? <FailureMessage failure={asked.failure} /> : null}
      <div>
        <Button
          icon={asking ? <Spinner size="extra-tiny" aria-hidden /> : <ShieldQuestionRegular />}
          disabledFocusable={asking}
          onClick={() => void ask()}
        >
          {words.ask}
        </Button>
      </div>
      <LiveLine>{asking ? words.asking : asked.state === 'answered' ? words.asked : ''}</LiveLine>
    </>
  );
}
