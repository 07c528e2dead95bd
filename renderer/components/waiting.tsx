import { Spinner, makeStyles } from '@fluentui/react-components';

const useStyles = makeStyles({ waiting: { display: 'flex', justifyContent: 'center', padding: '12px' } });

/** Something is being read or made; read out when there is time. */
export function Waiting({ children }: { readonly children: string }) {
  const styles = useStyles();
  return (
    <output className={styles.waiting}>
      <Spinner label={children} labelPosition="below" size="small" />
    </output>
  );
}
