import { Switch, makeStyles, tokens } from '@fluentui/react-components';
import { useId } from 'react';
import type { Commissioning } from '#shared/snapshot.ts';
import { FactList } from '../../components/fact-list.tsx';
import type { Fact } from '../../components/fact-list.tsx';
import { Moment } from '../../components/moment.tsx';
import { useWhyNot } from '../../components/permitted-button.tsx';
import { useSession, useText } from '../../components/session-context.tsx';
import { Tag } from '../../components/tag.tsx';
import { beginChange } from '../../store/change-steps.ts';
import { countText } from '../../text/moments.ts';
import { CommissioningActions } from './commissioning-actions.tsx';
import { DriftCards } from './drift-cards.tsx';
import { Rehearsal } from './rehearsal.tsx';

const useStyles = makeStyles({
  switch: { alignSelf: 'flex-start', marginInlineStart: '-8px', marginBlock: '-4px' },
  stops: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
});

/** The lock once Mortise's objects are in the database. */
export type PreparedCommissioning = Extract<Commissioning, { since: string }>;

/** In which states the table takes changes, so that the switch stands at "on". */
const open = new Set<Commissioning['state']>(['on', 'rehearsal-over']);

/** What is in force, since when and why, what differs from it, and what can be done now. */
export function CommissioningState({ commissioning }: { readonly commissioning: PreparedCommissioning }) {
  const styles = useStyles();
  const { general, locale } = useText();
  const words = general.commissioning;
  const { state, until, unreviewed } = commissioning;
  const sentence = {
    on: words.on,
    off: words.off,
    'locked-by-time': words.lockedByTime,
    rehearsing: words.rehearsing,
    'rehearsal-over': words.rehearsalOver,
    upgrading: words.upgrading,
  }[state];
  const facts: Fact[] = [
    [words.since, <Moment key="since" at={commissioning.since} />],
    [words.by, commissioning.by],
    [words.reason, commissioning.reason],
  ];
  if (until !== null && state === 'on') facts.push([words.openUntil, <Moment key="until" at={until} />]);
  if (state !== 'on') facts.push([words.registered, countText(commissioning.registered, locale)]);
  // With two ways to go on, both stand as buttons: a switch would show only one.
  const hasSwitch = state !== 'rehearsing' && state !== 'upgrading';
  return (
    <>
      {hasSwitch ? <EnableSwitch on={open.has(state)} /> : null}
      <p>{sentence}</p>
      {state === 'rehearsing' ? <Rehearsal until={until} /> : null}
      {unreviewed > 0 ? (
        <p>
          <Tag tone="attention">{words.unreviewed(unreviewed)}</Tag>
        </p>
      ) : null}
      <DriftCards drift={commissioning.drift} />
      <FactList facts={facts} />
      <CommissioningActions commissioning={commissioning} />
      <p className={styles.stops}>{words.stops}</p>
    </>
  );
}

/** Shows what is in force; pressing it only begins the change, so it moves when main says that it is so. */
function EnableSwitch({ on }: { readonly on: boolean }) {
  const styles = useStyles();
  const session = useSession();
  const { general, words } = useText();
  const id = useId();
  const change = on ? 'commissioning.off' : 'commissioning.on';
  const why = useWhyNot(change);
  return (
    <>
      <Switch
        className={styles.switch}
        checked={on}
        label={general.commissioning.enable}
        disabledFocusable={why !== null}
        {...(why === null ? {} : { 'aria-describedby': id })}
        onChange={() => {
          if (why === null) void beginChange(session, { change });
        }}
      />
      {why === null ? null : (
        <p id={id} className={styles.stops}>
          {words.notAllowedNow} {why}
        </p>
      )}
    </>
  );
}
