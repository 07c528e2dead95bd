import { useSnapshot, useText } from '../../components/session-context.tsx';
import { Callout } from '../../components/callout.tsx';
import { useTabStyles } from '../use-tab-styles.ts';
import { ConnectionSection } from './connection-section.tsx';
import { DatabaseSection } from './database-section.tsx';
import { greyedOut } from './greyed-out.ts';
import { ObjectsSection } from './objects-section.tsx';
import { RightsSection } from './rights-section.tsx';
import { SessionsSection } from './sessions-section.tsx';
import { UpgradeSection } from './upgrade-section.tsx';

/** The SQL connection and the site's database. Greyed out, it still shows what it reads, and says why first. */
export function DatabaseTab() {
  const styles = useTabStyles();
  const { database } = useText();
  const whys = greyedOut(useSnapshot());
  return (
    <div className={styles.tab}>
      {whys.length > 0 ? (
        <Callout tone="attention" title={whys.join(' ')} live="status">
          {database.greyed}
        </Callout>
      ) : null}
      <div className={styles.pair}>
        <ConnectionSection />
        <DatabaseSection />
      </div>
      <RightsSection />
      <div className={styles.pair}>
        <ObjectsSection />
        <UpgradeSection />
      </div>
      <SessionsSection />
    </div>
  );
}
