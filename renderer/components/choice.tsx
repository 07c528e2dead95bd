import { makeStyles, tokens } from '@fluentui/react-components';

const useStyles = makeStyles({
  choice: { display: 'flex', flexDirection: 'column', overflowWrap: 'anywhere' },
  hint: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

/** The label of a choice: what it is, and below it what it means. */
export function Choice({ title, hint }: { readonly title: string; readonly hint: string }) {
  const styles = useStyles();
  return (
    <span className={styles.choice}>
      <span>{title}</span>
      <span className={styles.hint}>{hint}</span>
    </span>
  );
}
