import { makeStyles, tokens } from '@fluentui/react-components';
import { useText } from '../../components/session-context.tsx';

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', gap: '6px', counterReset: 'promise' },
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

/** What the lockdown does, in five sentences. */
export function Promises() {
  const styles = useStyles();
  const { lockdown } = useText();
  return (
    <ol className={styles.list}>
      {lockdown.promise.map((sentence) => (
        <li key={sentence} className={styles.promise}>
          {sentence}
        </li>
      ))}
    </ol>
  );
}
