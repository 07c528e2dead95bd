import { makeStyles, tokens } from '@fluentui/react-components';
import { ArrowClockwiseRegular } from '@fluentui/react-icons/svg/arrow-clockwise';
import { ArrowUndoRegular } from '@fluentui/react-icons/svg/arrow-undo';
import { StopRegular } from '@fluentui/react-icons/svg/stop';
import type { ReactElement } from 'react';
import { PermittedButton } from '../../components/permitted-button.tsx';
import { useText } from '../../components/session-context.tsx';
import { LockdownFacts } from './lockdown-facts.tsx';
import type { StartedLockdown } from './open-lockdown.ts';

const useStyles = makeStyles({
  choices: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(220px, 100%), 1fr))',
    gap: '12px',
  },
  choice: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: '6px' },
  means: {
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
});

/** A lockdown that failed or was interrupted: what that means, and the three ways on, each through its plan. */
export function LockdownDecision({ lockdown }: { readonly lockdown: StartedLockdown }) {
  const styles = useStyles();
  const { lockdown: words } = useText();
  const failed = lockdown.state === 'failed';
  return (
    <>
      <LockdownFacts lockdown={lockdown} news />
      {lockdown.direction === 'back' ? <p>{words.backDirection}</p> : null}
      <div className={styles.choices}>
        <Choice
          change="lockdown.resume"
          primary
          icon={<ArrowClockwiseRegular />}
          label={failed ? words.retry : words.resume}
          means={failed ? words.retryMeans : words.resumeMeans}
        />
        <Choice change="lockdown.undo" icon={<ArrowUndoRegular />} label={words.undo} means={words.undoMeans} />
        <Choice change="lockdown.stop" icon={<StopRegular />} label={words.stop} means={words.stopMeans} />
      </div>
    </>
  );
}

interface ChoiceProps {
  readonly change: 'lockdown.resume' | 'lockdown.undo' | 'lockdown.stop';
  readonly label: string;
  readonly means: string;
  readonly icon: ReactElement;
  readonly primary?: boolean;
}

function Choice({ change, label, means, icon, primary = false }: ChoiceProps) {
  const styles = useStyles();
  return (
    <div className={styles.choice}>
      <PermittedButton request={{ change }} icon={icon} appearance={primary ? 'primary' : 'secondary'}>
        {label}
      </PermittedButton>
      <p className={styles.means}>{means}</p>
    </div>
  );
}
