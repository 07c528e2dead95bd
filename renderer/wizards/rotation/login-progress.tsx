import { makeStyles, tokens } from '@fluentui/react-components';
import type { ProgressStep } from '#shared/snapshot.ts';
import { StepList } from '../../components/change/step-list.tsx';
import { useText } from '../../components/session-context.tsx';
import { Tag } from '../../components/tag.tsx';
import type { Tone } from '../../components/tone.tsx';
import type { LoginState } from './steps-by-login.ts';
import { stepsByLogin } from './steps-by-login.ts';

const tones: { readonly [S in LoginState]: Tone } = {
  waiting: 'neutral',
  running: 'neutral',
  done: 'good',
  failed: 'danger',
  interrupted: 'attention',
  undone: 'attention',
};

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', gap: '12px' },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '10px' },
  name: { fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere' },
});

interface LoginProgressProps {
  readonly steps: readonly ProgressStep[];
  readonly logins: readonly string[];
}

/** How far each login is, with its steps. */
export function LoginProgress({ steps, logins }: LoginProgressProps) {
  const styles = useStyles();
  const { wizard: words } = useText().rotation;
  return (
    <div className={styles.list}>
      {stepsByLogin(steps, logins).map(({ login, state, steps: own }) => (
        <div key={login}>
          <div className={styles.head}>
            <h3 className={styles.name}>{login}</h3>
            <Tag tone={tones[state]}>{words.perLogin[state]}</Tag>
          </div>
          <StepList label={words.stepsOf(login)} steps={own} />
        </div>
      ))}
    </div>
  );
}
