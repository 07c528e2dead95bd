import { FluentProvider, makeStyles, tokens } from '@fluentui/react-components';
import { useEffect } from 'react';
import { ChangeDialog } from './components/change/change-dialog.tsx';
import { DrawnOrNot } from './components/drawn-or-not.tsx';
import { SessionProvider } from './components/session-context.tsx';
import { Shell } from './shell/shell.tsx';
import { connect } from './store/session.ts';
import type { Session } from './store/session.ts';
import { en } from './text/en.ts';
import type { Text } from './text/text.ts';
import { darkTheme, lightTheme } from './theme/theme.ts';
import { useDark } from './theme/use-dark.ts';
import { usePageStyles } from './theme/use-page-styles.ts';

const useStyles = makeStyles({
  provider: { minHeight: '100%', backgroundColor: tokens.colorNeutralBackground3 },
});

/** The window: theme, language, connection to main, and the screens in them. */
export function App({ session, text = en }: { readonly session: Session; readonly text?: Text }) {
  usePageStyles();
  const styles = useStyles();
  const dark = useDark();
  useEffect(() => connect(session), [session]);
  return (
    <FluentProvider className={styles.provider} theme={dark ? darkTheme : lightTheme}>
      <SessionProvider session={session} text={text}>
        <DrawnOrNot>
          <Shell />
          <ChangeDialog />
        </DrawnOrNot>
      </SessionProvider>
    </FluentProvider>
  );
}
