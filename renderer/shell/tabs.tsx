import { Tab, TabList, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { DatabaseRegular } from '@fluentui/react-icons/svg/database';
import { HomeRegular } from '@fluentui/react-icons/svg/home';
import { LockClosedRegular } from '@fluentui/react-icons/svg/lock-closed';
import { ShieldRegular } from '@fluentui/react-icons/svg/shield';
import { useScreen, useSession, useSnapshot, useText } from '../components/session-context.tsx';
import { tabNames } from '../store/screen-store.ts';
import type { TabName } from '../store/screen-store.ts';
import { DatabaseTab } from '../tabs/database/database-tab.tsx';
import { greyedOut } from '../tabs/database/greyed-out.ts';
import { GeneralTab } from '../tabs/general/general-tab.tsx';
import { SecurityTab } from '../tabs/security/security-tab.tsx';

const useStyles = makeStyles({
  tabs: { flexWrap: 'wrap', paddingInline: '10px' },
  greyed: { '& *': { color: tokens.colorNeutralForeground3 } },
});

const icons = { general: HomeRegular, database: DatabaseRegular, security: ShieldRegular };
const panels: { readonly [T in TabName]: () => React.ReactNode } = {
  general: GeneralTab,
  database: DatabaseTab,
  security: SecurityTab,
};

const tabId = (name: TabName) => `tab-${name}`;
const panelId = 'tab-panel';

/** The three tabs. One that is greyed out can still be opened: its reason and its readings stand there. */
export function TabBar() {
  const styles = useStyles();
  const { store } = useSession();
  const { shell } = useText();
  const snapshot = useSnapshot();
  const selected = useScreen((state) => state.tab);
  const greyed = { general: false, database: greyedOut(snapshot).length > 0, security: false };
  return (
    <TabList
      className={styles.tabs}
      selectedValue={selected}
      aria-label={shell.tabs}
      onTabSelect={(_event, { value }) => {
        const tab = tabNames.find((name) => name === value);
        if (tab) store.setState({ tab });
      }}
    >
      {tabNames.map((name, index) => {
        const Shown = greyed[name] ? LockClosedRegular : icons[name];
        return (
          <Tab
            key={name}
            id={tabId(name)}
            value={name}
            icon={<Shown aria-hidden />}
            className={mergeClasses(greyed[name] && styles.greyed)}
            aria-keyshortcuts={`Control+${index + 1}`}
            {...(selected === name ? { 'aria-controls': panelId } : {})}
          >
            {greyed[name] ? shell.greyedTab(shell[name]) : shell[name]}
          </Tab>
        );
      })}
    </TabList>
  );
}

/** What the selected tab shows. */
export function TabPanel() {
  const selected = useScreen((state) => state.tab);
  const Panel = panels[selected];
  return (
    <div id={panelId} role="tabpanel" aria-labelledby={tabId(selected)}>
      <Panel />
    </div>
  );
}
