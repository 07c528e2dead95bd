import { makeStyles, tokens } from '@fluentui/react-components';
import type { Login } from '#shared/snapshot.ts';
import { PermittedButton } from '../../components/permitted-button.tsx';
import { useText } from '../../components/session-context.tsx';

const useStyles = makeStyles({
  actions: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: '4px' },
  why: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
});

/** Rotates a login's password, or puts the former one back where it is kept. */
export function LoginActions({ login }: { readonly login: Login }) {
  const styles = useStyles();
  const { credentials: words } = useText().security;
  const { name, rotatable, previousKept } = login;
  return (
    <div className={styles.actions}>
      {rotatable.possible ? (
        <PermittedButton
          size="small"
          request={{ change: 'rotation.rotate', login: name }}
          label={words.rotateLogin(name)}
        >
          {words.rotate}
        </PermittedButton>
      ) : (
        <span className={styles.why}>{words.notRotatable(rotatable.why)}</span>
      )}
      {previousKept ? (
        <PermittedButton
          size="small"
          request={{ change: 'rotation.restore', login: name }}
          label={words.restoreLogin(name)}
        >
          {words.restore}
        </PermittedButton>
      ) : null}
    </div>
  );
}
