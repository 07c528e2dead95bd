import { assertNever } from '#shared/assert-never.ts';
import { PermittedButton } from '../../components/permitted-button.tsx';
import { useSnapshot, useText } from '../../components/session-context.tsx';
import { useTabStyles } from '../use-tab-styles.ts';
import type { PreparedCommissioning } from './commissioning-state.tsx';

/** What can be done with the lock besides switching it, in the state it is in. */
export function CommissioningActions({ commissioning }: { readonly commissioning: PreparedCommissioning }) {
  const styles = useTabStyles();
  const { permissions } = useSnapshot();
  const words = useText().general.commissioning;
  // Where a difference names it, the button stands there.
  const adopts = permissions['commissioning.adoptServer'].allowed && !offersAdoption(commissioning);
  return (
    <div className={styles.buttons}>
      <StateAction state={commissioning.state} />
      {adopts ? (
        <PermittedButton request={{ change: 'commissioning.adoptServer' }}>{words.adoptServer}</PermittedButton>
      ) : null}
    </div>
  );
}

const offersAdoption = ({ drift }: PreparedCommissioning): boolean =>
  drift.some(({ wayOut }) => wayOut === 'commissioning.adoptServer');

function StateAction({ state }: { readonly state: PreparedCommissioning['state'] }) {
  const words = useText().general.commissioning;
  switch (state) {
    case 'on':
      return <PermittedButton request={{ change: 'commissioning.rehearse' }}>{words.rehearse}</PermittedButton>;
    case 'rehearsal-over':
      return (
        <>
          <PermittedButton appearance="primary" request={{ change: 'commissioning.off' }}>
            {words.lockForGood}
          </PermittedButton>
          <PermittedButton request={{ change: 'commissioning.rehearse' }}>{words.rehearseAgain}</PermittedButton>
        </>
      );
    case 'off':
      return (
        <PermittedButton request={{ change: 'commissioning.renewRegister' }}>{words.renewRegister}</PermittedButton>
      );
    case 'locked-by-time':
      return (
        <PermittedButton appearance="primary" request={{ change: 'commissioning.off' }}>
          {words.reviewAndLock}
        </PermittedButton>
      );
    case 'upgrading':
      return (
        <PermittedButton appearance="primary" request={{ change: 'site.restoreGuard' }}>
          {words.endUpgrade}
        </PermittedButton>
      );
    // Its two ways stand with its clock.
    case 'rehearsing':
      return null;
    default:
      return assertNever(state);
  }
}
