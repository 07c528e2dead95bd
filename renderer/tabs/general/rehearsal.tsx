import { makeStyles, tokens } from '@fluentui/react-components';
import { useEffect } from 'react';
import { Moment } from '../../components/moment.tsx';
import { PermittedButton } from '../../components/permitted-button.tsx';
import { useSession, useText } from '../../components/session-context.tsx';
import { useServerClock } from '../../components/use-server-clock.ts';
import { refresh } from '../../store/session.ts';
import { countdownText } from '../../text/moments.ts';
import { useTabStyles } from '../use-tab-styles.ts';

const useStyles = makeStyles({
  clock: { display: 'flex', flexWrap: 'wrap', alignItems: 'baseline', gap: '4px 12px' },
  left: {
    fontSize: tokens.fontSizeHero700,
    lineHeight: tokens.lineHeightHero700,
    fontWeight: tokens.fontWeightSemibold,
    fontVariantNumeric: 'tabular-nums',
  },
});

/** A rehearsal that goes on: how long still by the server's clock, and the two ways it can end. */
export function Rehearsal({ until }: { readonly until: string | null }) {
  const styles = useTabStyles();
  const words = useText().general.commissioning;
  return (
    <>
      {until === null ? null : <Countdown until={until} />}
      <p>{words.rehearsalDo}</p>
      <div className={styles.buttons}>
        <PermittedButton appearance="primary" request={{ change: 'commissioning.off' }}>
          {words.keepLocked}
        </PermittedButton>
        <PermittedButton request={{ change: 'commissioning.on' }}>{words.endRehearsal}</PermittedButton>
      </div>
    </>
  );
}

function Countdown({ until }: { readonly until: string }) {
  const styles = useStyles();
  const session = useSession();
  const words = useText().general.commissioning;
  const now = useServerClock();
  const left = Date.parse(until) - now.getTime();
  const over = left <= 0;
  useEffect(() => {
    // Main reads the site at its own pace; what the server has ended by itself should stand here at once.
    if (over) void refresh(session);
  }, [over, session]);
  if (over) return <p>{words.rehearsalEnds}</p>;
  return (
    <div className={styles.clock}>
      <span role="timer" className={styles.left} aria-label={words.timeLeft}>
        {countdownText(left)}
      </span>
      <span>
        {words.opensAgain} <Moment at={until} hint={false} />, {words.byServerClock}
      </span>
    </div>
  );
}
