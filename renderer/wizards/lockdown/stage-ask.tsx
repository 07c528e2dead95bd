import { makeStyles, tokens } from '@fluentui/react-components';
import { Section } from '../../components/section.tsx';
import { useText } from '../../components/session-context.tsx';
import { LockdownForm } from './lockdown-form.tsx';

const useStyles = makeStyles({
  pair: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)',
    gap: '24px',
    '@media (max-width: 860px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  list: { display: 'flex', flexDirection: 'column', gap: '10px', counterReset: 'promise', marginBlockStart: '12px' },
  promise: {
    display: 'grid',
    gridTemplateColumns: '22px minmax(0, 1fr)',
    gap: '10px',
    counterIncrement: 'promise',
    '::before': {
      content: 'counter(promise) "."',
      color: tokens.colorBrandForeground1,
      fontWeight: tokens.fontWeightSemibold,
    },
  },
});

/** Part 1: what the lockdown does, in five sentences, and what it needs to know. */
export function AskStage() {
  const styles = useStyles();
  const { lockdown: words } = useText();
  return (
    <Section title={words.stages.ask}>
      <div className={styles.pair}>
        <div>
          <p>{words.intro}</p>
          <ol className={styles.list}>
            {words.promise.map((sentence) => (
              <li key={sentence} className={styles.promise}>
                {sentence}
              </li>
            ))}
          </ol>
        </div>
        <LockdownForm />
      </div>
    </Section>
  );
}
