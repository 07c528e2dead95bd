import { makeStyles } from '@fluentui/react-components';
import { Section } from '../../components/section.tsx';
import { useText } from '../../components/session-context.tsx';
import { Promises } from './promises.tsx';
import { LockdownForm } from './lockdown-form.tsx';

const useStyles = makeStyles({
  what: { display: 'flex', flexDirection: 'column', gap: '12px' },
  pair: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)',
    gap: '24px',
    '@media (max-width: 860px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
});

/** Part 1: what the lockdown does, in five sentences, and what it needs to know. */
export function AskStage() {
  const styles = useStyles();
  const { lockdown: words } = useText();
  return (
    <Section title={words.stages.ask}>
      <div className={styles.pair}>
        <div className={styles.what}>
          <p>{words.intro}</p>
          <Promises />
        </div>
        <LockdownForm />
      </div>
    </Section>
  );
}
