import { Button, makeStyles, tokens } from '@fluentui/react-components';
import type { Login } from '#shared/snapshot.ts';
import { PermittedButton } from '../../components/permitted-button.tsx';
import { useScreen, useSession, useText } from '../../components/session-context.tsx';
import { verifyLogin } from '../../store/verifying.ts';
import { ChangeMenu } from './change-menu.tsx';

const useStyles = makeStyles({
  actions: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: '6px' },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: '4px', alignItems: 'flex-start' },
  why: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
});

/** What can be done for one login. Its rotation comes first; what is seldom needed stands in a menu. */
export function LoginActions({ login }: { readonly login: Login }) {
  const styles = useStyles();
  const { credentials: words } = useText().security;
  const { actions, moreFor } = useText().rotation;
  const { name, rotatable, previousKept, role } = login;
  // Of a login that the profile does not name Mortise knows neither copies nor services.
  const isOfSite = role === 'run' || role === 'service';
  const of = (change: keyof typeof actions & ('reconcile' | 'adopt' | 'reset' | 'tryDefaults')) => ({
    request: { change: `rotation.${change}` as const, login: name },
    ...actions[change],
  });
  return (
    <div className={styles.actions}>
      {rotatable.possible ? null : <span className={styles.why}>{words.notRotatable(rotatable.why)}</span>}
      <div className={styles.buttons}>
        {rotatable.possible ? (
          <PermittedButton
            size="small"
            request={{ change: 'rotation.rotate', login: name }}
            label={words.rotateLogin(name)}
          >
            {words.rotate}
          </PermittedButton>
        ) : null}
        {previousKept ? (
          <PermittedButton
            size="small"
            request={{ change: 'rotation.restore', login: name }}
            label={words.restoreLogin(name)}
          >
            {words.restore}
          </PermittedButton>
        ) : null}
        {isOfSite ? <VerifyButton login={name} /> : null}
        <ChangeMenu
          size="small"
          label={moreFor(name)}
          changes={isOfSite ? [of('reconcile'), of('adopt'), of('reset'), of('tryDefaults')] : [of('tryDefaults')]}
        />
      </div>
    </div>
  );
}

function VerifyButton({ login }: { readonly login: string }) {
  const session = useSession();
  const { rotation } = useText();
  const asking = useScreen((state) => state.verifications[login]?.state === 'asking');
  return (
    <Button
      size="small"
      disabledFocusable={asking}
      aria-label={rotation.verifyLogin(login)}
      onClick={() => void verifyLogin(session, login)}
    >
      {rotation.verify}
    </Button>
  );
}
