import { makeStyles, tokens } from '@fluentui/react-components';
import { useEffect, useRef } from 'react';
import { useSession } from '../components/session-context.tsx';
import { isInDialog } from '../store/change-flow.ts';

const useStyles = makeStyles({
  title: {
    fontSize: tokens.fontSizeBase500,
    lineHeight: tokens.lineHeightBase500,
    fontWeight: tokens.fontWeightSemibold,
    alignSelf: 'flex-start',
  },
});

/**
 * The headline of a screen of its own. It takes the focus when it appears, so that reading begins there; not from a dialog
 * that is open before it.
 */
export function ScreenTitle({ children }: { readonly children: string }) {
  const styles = useStyles();
  const title = useRef<HTMLHeadingElement>(null);
  const { store } = useSession();
  useEffect(() => {
    if (!isInDialog(store.getState().change)) title.current?.focus();
  }, [store]);
  return (
    <h2 ref={title} tabIndex={-1} className={styles.title}>
      {children}
    </h2>
  );
}
