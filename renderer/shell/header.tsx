import { Button, Spinner, makeStyles, tokens } from '@fluentui/react-components';
import { ArrowSyncRegular } from '@fluentui/react-icons/svg/arrow-sync';
import { BugRegular } from '@fluentui/react-icons/svg/bug';
import { BuildingMultipleRegular } from '@fluentui/react-icons/svg/building-multiple';
import { HatGraduationRegular } from '@fluentui/react-icons/svg/hat-graduation';
import { Moment } from '../components/moment.tsx';
import { useScreen, useSession, useSnapshot, useText } from '../components/session-context.tsx';
import { refresh } from '../store/session.ts';
import { Mark } from './mark.tsx';
import { StatusPill } from './status-pill.tsx';
import { commissioningStatus, connectionStatus, secureModeStatus } from './statuses.ts';

const useStyles = makeStyles({
  header: {
    display: 'flex',
    flexDirection: 'column',
    gap: '8px',
    padding: '10px 20px 8px',
    backgroundColor: tokens.colorNeutralBackground1,
  },
  line: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '6px 12px', minWidth: 0 },
  title: {
    fontSize: tokens.fontSizeBase500,
    lineHeight: tokens.lineHeightBase500,
    fontWeight: tokens.fontWeightSemibold,
    overflowWrap: 'anywhere',
  },
  endpoint: { color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
  end: {
    marginInlineStart: 'auto',
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '6px 10px',
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
  },
  pills: { display: 'flex', flexWrap: 'wrap', gap: '6px 8px' },
  training: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: '6px',
    padding: '3px 10px',
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorBrandStroke1}`,
    color: tokens.colorBrandForeground1,
    backgroundColor: tokens.colorBrandBackground2,
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightSemibold,
    '& svg': { fontSize: '16px', flexShrink: 0 },
  },
});

/** Which site this is, what state it is in, and how fresh that is. */
export function Header() {
  const styles = useStyles();
  const text = useText();
  const { site, server, commissioning, secureMode } = useSnapshot();
  return (
    <header className={styles.header}>
      <title>{text.shell.windowTitle(site.name)}</title>
      <div className={styles.line}>
        <Mark />
        <h1 className={styles.title}>{site.name}</h1>
        <span className={styles.endpoint}>{site.endpoint}</span>
        {site.kind === 'training' ? (
          <span className={styles.training}>
            <HatGraduationRegular aria-hidden />
            <span>{text.shell.training}</span>
          </span>
        ) : null}
        <div className={styles.end}>
          <Freshness />
        </div>
      </div>
      <div className={styles.line}>
        <ul className={styles.pills} aria-label={text.shell.status}>
          <StatusPill title={text.shell.commissioning.title} status={commissioningStatus(commissioning, text)} />
          <StatusPill title={text.shell.secureMode.title} status={secureModeStatus(secureMode, text)} />
          <StatusPill title={text.shell.connection.title} status={connectionStatus(server, text)} />
        </ul>
        <div className={styles.end}>
          {site.kind === 'training' ? <Practice /> : null}
          <SitesButton />
        </div>
      </div>
    </header>
  );
}

function SitesButton() {
  const { store } = useSession();
  const { sites } = useText();
  return (
    <Button
      size="small"
      appearance="subtle"
      icon={<BuildingMultipleRegular />}
      onClick={() => store.setState({ place: 'sites' })}
    >
      {sites.open}
    </Button>
  );
}

function Freshness() {
  const session = useSession();
  const { shell } = useText();
  const { takenAt } = useSnapshot();
  const refreshing = useScreen((state) => state.refreshing);
  return (
    <>
      <span>
        {shell.lastRefreshed} <Moment at={takenAt} />
      </span>
      <Button
        size="small"
        icon={refreshing ? <Spinner size="extra-tiny" aria-hidden /> : <ArrowSyncRegular />}
        disabledFocusable={refreshing}
        aria-keyshortcuts="F5"
        onClick={() => void refresh(session)}
      >
        {refreshing ? shell.refreshing : shell.refresh}
      </Button>
    </>
  );
}

function Practice() {
  const { store } = useSession();
  const { shell } = useText();
  const { faults } = useSnapshot();
  return (
    <>
      {faults.length > 0 ? <strong>{shell.faultsOn(faults.length)}</strong> : null}
      <Button
        size="small"
        appearance="subtle"
        icon={<BugRegular />}
        onClick={() => store.setState({ place: 'practice' })}
      >
        {shell.practise}
      </Button>
    </>
  );
}
