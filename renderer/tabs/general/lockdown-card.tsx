import { Button } from '@fluentui/react-components';
import { LockClosedKeyRegular } from '@fluentui/react-icons/svg/lock-closed-key';
import { useId } from 'react';
import { assertNever } from '#shared/assert-never.ts';
import type { Lockdown } from '#shared/snapshot.ts';
import { useWhyNot } from '../../components/permitted-button.tsx';
import { Section } from '../../components/section.tsx';
import { useSession, useSnapshot, useText } from '../../components/session-context.tsx';
import { LockdownDecision } from '../../wizards/lockdown/lockdown-decision.tsx';
import { LockdownFacts } from '../../wizards/lockdown/lockdown-facts.tsx';
import { LockdownSteps } from '../../wizards/lockdown/lockdown-steps.tsx';
import { Promises } from '../../wizards/lockdown/promises.tsx';
import { LockdownRunning } from '../../wizards/lockdown/lockdown-running.tsx';
import { SummarySave } from '../../wizards/lockdown/summary-save.tsx';
import { TakeBack } from '../../wizards/lockdown/take-back.tsx';
import { waitsForFirstSteps } from './first-steps.tsx';
import { useTabStyles } from '../use-tab-styles.ts';

/** Where the guided lockdown is started, and where one that is open is decided on. */
export function LockdownCard({ leads }: { readonly leads: boolean }) {
  const { lockdown: words } = useText();
  const { lockdown } = useSnapshot();
  return (
    <Section title={words.title} leads={leads}>
      <CardContent lockdown={lockdown} />
    </Section>
  );
}

function CardContent({ lockdown }: { readonly lockdown: Lockdown }) {
  const snapshot = useSnapshot();
  const styles = useTabStyles();
  const { lockdown: words } = useText();
  switch (lockdown.state) {
    case 'none':
      return (
        <>
          <p>{words.what}</p>
          <Promises />
          <StartButton label={words.start} primary={!waitsForFirstSteps(snapshot)} />
        </>
      );
    case 'running':
    case 'undoing':
      return (
        <>
          <LockdownRunning lockdown={lockdown} />
          <OpenButton />
        </>
      );
    case 'interrupted':
    case 'failed':
      return (
        <>
          <LockdownDecision lockdown={lockdown} />
          <LockdownSteps lockdown={lockdown} />
          <OpenButton />
        </>
      );
    case 'finished':
    case 'stopped':
    case 'undone':
      return (
        <>
          <LockdownFacts lockdown={lockdown} />
          <SummarySave />
          <div className={styles.buttons}>
            <OpenButton />
            <TakeBack />
            <StartButton label={words.again} />
          </div>
        </>
      );
    default:
      return assertNever(lockdown);
  }
}

function OpenButton() {
  const { store } = useSession();
  const { lockdown } = useText();
  return (
    <div>
      <Button onClick={() => store.setState({ place: 'lockdown', asksLockdown: false })}>{lockdown.open}</Button>
    </div>
  );
}

function StartButton({ label, primary = false }: { readonly label: string; readonly primary?: boolean }) {
  const styles = useTabStyles();
  const { store } = useSession();
  const { words } = useText();
  const why = useWhyNot('lockdown.run');
  const id = useId();
  return (
    <div className={styles.stack}>
      <div>
        <Button
          appearance={primary ? 'primary' : 'secondary'}
          icon={<LockClosedKeyRegular />}
          disabledFocusable={why !== null}
          {...(why === null ? {} : { 'aria-describedby': id })}
          onClick={() => store.setState({ place: 'lockdown', asksLockdown: true })}
        >
          {label}
        </Button>
      </div>
      {why === null ? null : (
        <span id={id} className={styles.quiet}>
          {words.notAllowedNow} {why}
        </span>
      )}
    </div>
  );
}
