import { Button } from '@fluentui/react-components';
import { ShieldTaskRegular } from '@fluentui/react-icons/svg/shield-task';
import { useState } from 'react';
import type { Client } from '#shared/client.ts';
import { Callout } from '../../components/callout.tsx';
import { FailureMessage } from '../../components/failure-message.tsx';
import { useSession, useText } from '../../components/session-context.tsx';
import { answered } from '../../store/session.ts';
import { countText } from '../../text/moments.ts';

type Verified = Awaited<ReturnType<Client['trail']['verify']>>;

/** Has main verify the whole trail, and says which entry does not hold. */
export function TrailVerify() {
  const { client } = useSession();
  const { trail: words } = useText().security;
  const [running, setRunning] = useState(false);
  const [answer, setAnswer] = useState<Verified | null>(null);
  const verify = async () => {
    setRunning(true);
    setAnswer(await answered(client.trail.verify({})));
    setRunning(false);
  };
  return (
    <>
      <div>
        <Button icon={<ShieldTaskRegular />} disabledFocusable={running} onClick={() => void verify()}>
          {running ? words.verifying : words.verify}
        </Button>
      </div>
      {answer === null ? null : answer.ok ? (
        <Verdict verified={answer.value} />
      ) : (
        <FailureMessage failure={answer.error} />
      )}
    </>
  );
}

function Verdict({ verified }: { readonly verified: Extract<Verified, { ok: true }>['value'] }) {
  const { security, locale } = useText();
  const { trail: words } = security;
  const title = verified.holds
    ? words.holds
    : verified.firstBroken === null
      ? words.brokenSomewhere
      : words.broken(verified.firstBroken);
  return (
    <Callout
      tone={verified.holds ? 'good' : 'danger'}
      live={verified.holds ? 'status' : 'alert'}
      title={title}
      next={words.checked(countText(verified.entries, locale))}
    >
      {verified.sentence}{' '}
    </Callout>
  );
}
