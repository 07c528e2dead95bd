import { Tab, TabList, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { DatabaseRegular } from '@fluentui/react-icons/svg/database';
import { HomeRegular } from '@fluentui/react-icons/svg/home';
import { LockClosedRegular } from '@fluentui/react-icons/svg/lock-closed';
import { ShieldRegular } from '@fluentui/react-icons/svg/shield';
import { useId } from 'react';
import { useScreen, useSession, useSnapshot, useText } from '../components/session-context.tsx';
import { tabNames } from '../store/screen-store.ts';
import type { TabName } from '../store/screen-store.ts';
import { DatabaseTab } from '../tabs/database/database-tab.tsx';
import { greyedOut } from '../tabs/database/greyed-out.ts';
import { GeneralTab } from '../tabs/general/general-tab.tsx';
import { SecurityTab } from '../tabs/security/security-tab.tsx';

const useStyles = makeStyles({
  tabs: { marginBlockEnd: '12px', flexWrap: 'wrap', marginInline: '-10px' },
  greyed: { '& *': { color: tokens.colorNeutralForeground3 } },
  note: { fontSize: tokens.fontSizeBase200, paddingInlineStart: '6px' },
});

const icons = { general: HomeRegular, database: DatabaseRegular, security: ShieldRegular };
const panels: { readonly [T in TabName]: () => React.ReactNode } = {
  general: GeneralTab,
  database: DatabaseTab,
  security: SecurityTab,
};

/** The three tabs. One that is greyed out can still be opened: its reason and its readings stand there. */
export function Tabs() {
  const styles = useStyles();
  const { store } = useSession();
  const { shell } = useText();
  const snapshot = useSnapshot();
  const selected = useScreen((state) => state.tab);
  const id = useId();
  const greyed = { general: false, database: greyedOut(snapshot).length > 0, security: false };
  const Panel = panels[selected];
  return (
    <>
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
              id={`${id}${name}`}
              value={name}
              icon={<Shown aria-hidden />}
              className={mergeClasses(greyed[name] && styles.greyed)}
              aria-keyshortcuts={`Control+${index + 1}`}
              {...(selected === name ? { 'aria-controls': `${id}panel` } : {})}
            >
              {shell[name]}
              {greyed[name] ? <span className={styles.note}>({shell.locked})</span> : null}
            </Tab>
          );
        })}
      </TabList>
      <div id={`${id}panel`} role="tabpanel" aria-labelledby={`${id}${selected}`}>
        <Panel />
      </div>
    </>
  );
}
