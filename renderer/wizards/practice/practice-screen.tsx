import { Button, makeStyles } from '@fluentui/react-components';
import { ArrowLeftRegular } from '@fluentui/react-icons/svg/arrow-left';
import { useEffect, useState } from 'react';
import type { Result } from '#shared/result.ts';
import { FailureMessage } from '../../components/failure-message.tsx';
import { PermittedButton } from '../../components/permitted-button.tsx';
import { Section } from '../../components/section.tsx';
import { useSession, useSnapshot, useText } from '../../components/session-context.tsx';
import { Tag } from '../../components/tag.tsx';
import { Waiting } from '../../components/waiting.tsx';
import { answered } from '../../store/session.ts';
import { useTabStyles } from '../../tabs/use-tab-styles.ts';
import { ScreenTitle } from '../screen-title.tsx';

const useStyles = makeStyles({
  fault: { display: 'flex', flexWrap: 'wrap', gap: '6px 12px', alignItems: 'center', paddingBlock: '4px' },
  title: { flex: '1 1 260px', overflowWrap: 'anywhere' },
});

interface Fault {
  readonly id: string;
  readonly title: string;
  readonly on: boolean;
}

/** The training site's menu of things that go wrong at real sites. */
export function PracticeScreen() {
  const tab = useTabStyles();
  const session = useSession();
  const { practice } = useText();
  return (
    <div className={tab.tab}>
      <div>
        <Button
          appearance="subtle"
          icon={<ArrowLeftRegular />}
          onClick={() => session.store.setState({ place: 'tabs' })}
        >
          {practice.leave}
        </Button>
      </div>
      <ScreenTitle>{practice.title}</ScreenTitle>
      <p>{practice.what}</p>
      <Section title={practice.list}>
        <Faults />
      </Section>
    </div>
  );
}

function Faults() {
  const { client } = useSession();
  const { practice, words } = useText();
  const { faults: switchedOn } = useSnapshot();
  const [answer, setAnswer] = useState<Result<readonly Fault[]> | null>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let left = false;
    const read = async () => {
      const faults = await answered(client.training.faults({}));
      if (!left) setAnswer(faults);
    };
    void read();
    return () => {
      left = true;
    };
    // A new attempt is a new reading.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [client, attempt]);
  if (answer === null) return <Waiting>{practice.loading}</Waiting>;
  if (!answer.ok) {
    return (
      <FailureMessage
        failure={answer.error}
        actions={<Button onClick={() => setAttempt(attempt + 1)}>{words.retry}</Button>}
      />
    );
  }
  if (answer.value.length === 0) return <p>{practice.none}</p>;
  return (
    <ul aria-label={practice.list}>
      {answer.value.map((fault) => (
        // Which are on is told by the snapshot, by their titles, and pushed; the list is read once.
        <FaultLine key={fault.id} fault={{ ...fault, on: switchedOn.includes(fault.title) }} />
      ))}
    </ul>
  );
}

function FaultLine({ fault }: { readonly fault: Fault }) {
  const styles = useStyles();
  const { practice } = useText();
  return (
    <li className={styles.fault}>
      <span className={styles.title}>{fault.title}</span>
      <Tag tone={fault.on ? 'attention' : 'neutral'}>{fault.on ? practice.on : practice.off}</Tag>
      <PermittedButton
        size="small"
        request={{ change: 'training.fault', fault: fault.id, on: !fault.on }}
        label={(fault.on ? practice.switchOffFault : practice.switchOnFault)(fault.title)}
      >
        {fault.on ? practice.switchOff : practice.switchOn}
      </PermittedButton>
    </li>
  );
}
