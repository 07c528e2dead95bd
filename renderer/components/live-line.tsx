import { makeStyles } from '@fluentui/react-components';

const useStyles = makeStyles({
  line: {
    position: 'absolute',
    width: '1px',
    height: '1px',
    overflow: 'hidden',
    clipPath: 'inset(50%)',
    whiteSpace: 'nowrap',
  },
});

/** Reads out to screen readers what changes on the screen. Stands inside the dialog that it speaks for. */
export function LiveLine({ children }: { readonly children: string }) {
  const styles = useStyles();
  return (
    <output className={styles.line} aria-live="polite">
      {children}
    </output>
  );
}
