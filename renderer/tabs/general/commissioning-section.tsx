import { Switch, makeStyles, tokens } from '@fluentui/react-components';
import { useId } from 'react';
import type { Commissioning } from '#shared/snapshot.ts';
import { Callout } from '../../components/callout.tsx';
import { FactList } from '../../components/fact-list.tsx';
import type { Fact } from '../../components/fact-list.tsx';
import { Moment } from '../../components/moment.tsx';
import { PermittedButton, useWhyNot } from '../../components/permitted-button.tsx';
import { ReadingView } from '../../components/reading-view.tsx';
import { Section } from '../../components/section.tsx';
import { useSession, useSnapshot, useText } from '../../components/session-context.tsx';
import { Tag } from '../../components/tag.tsx';
import { commissioningStatus } from '../../shell/statuses.ts';
import { beginChange } from '../../store/change-steps.ts';
import { countText } from '../../text/moments.ts';
import { useTabStyles } from '../use-tab-styles.ts';

const useStyles = makeStyles({
  switch: { alignSelf: 'flex-start', marginInlineStart: '-8px', marginBlock: '-4px' },
  drift: { display: 'flex', flexDirection: 'column', gap: '6px' },
  stops: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
});

/** The lock of the site's database: its state, since when and why, and the switch that begins its change. */
export function CommissioningSection() {
  const text = useText();
  const { commissioning } = useSnapshot();
  const status = commissioningStatus(commissioning, text);
  return (
    <Section
      title={text.general.commissioning.title}
      aside={
        <Tag tone={status.tone} icon={status.icon}>
          {status.word}
        </Tag>
      }
    >
      <ReadingView reading={commissioning}>
        {(value) => (value.state === 'not-prepared' ? <NotPrepared /> : <Prepared commissioning={value} />)}
      </ReadingView>
    </Section>
  );
}

function NotPrepared() {
  const styles = useTabStyles();
  const { general, database } = useText();
  return (
    <>
      <p>{general.commissioning.notPrepared}</p>
      <div className={styles.buttons}>
        <PermittedButton request={{ change: 'site.prepare' }}>{database.prepare}</PermittedButton>
      </div>
    </>
  );
}

type PreparedCommissioning = Exclude<Commissioning, { state: 'not-prepared' }>;

function Prepared({ commissioning }: { readonly commissioning: PreparedCommissioning }) {
  const styles = useStyles();
  const { general, locale } = useText();
  const words = general.commissioning;
  const sentence = {
    on: words.on,
    off: words.off,
    'locked-by-time': words.lockedByTime,
    rehearsing: words.rehearsing,
    'rehearsal-over': words.rehearsalOver,
    upgrading: words.upgrading,
  }[commissioning.state];
  const facts: Fact[] = [
    [words.since, <Moment key="since" at={commissioning.since} />],
    [words.by, commissioning.by],
    [words.reason, commissioning.reason],
  ];
  if (commissioning.until !== null) facts.push([words.openUntil, <Moment key="until" at={commissioning.until} />]);
  if (commissioning.state !== 'on') facts.push([words.registered, countText(commissioning.registered, locale)]);
  return (
    <>
      <EnableSwitch commissioning={commissioning} />
      <p>{sentence}</p>
      {commissioning.drift.length > 0 ? (
        <ul className={styles.drift} aria-label={words.drift}>
          {commissioning.drift.map((drift) => (
            <li key={drift.name}>
              <Callout tone="danger" title={drift.name} next={drift.next}>
                {drift.meaning}{' '}
              </Callout>
            </li>
          ))}
        </ul>
      ) : null}
      <FactList facts={facts} />
      {commissioning.state === 'locked-by-time' ? (
        <PermittedButton request={{ change: 'commissioning.off' }}>{words.reviewAndLock}</PermittedButton>
      ) : null}
      <p className={styles.stops}>{words.stops}</p>
    </>
  );
}

/** Shows what is in force; pressing it only begins the change, so it moves when main says that it is so. */
function EnableSwitch({ commissioning }: { readonly commissioning: PreparedCommissioning }) {
  const styles = useStyles();
  const session = useSession();
  const { general, words } = useText();
  const id = useId();
  const on = commissioning.state === 'on';
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
