import { useTabStyles } from '../use-tab-styles.ts';
import { CredentialsSection } from './credentials-section.tsx';
import { CutOffSection } from './cut-off-section.tsx';
import { ListenersSection } from './listeners-section.tsx';
import { UnfinishedRotation } from './open-rotation.tsx';
import { ProbeSection } from './probe-section.tsx';
import { SecureModeSection } from './secure-mode-section.tsx';
import { TrailSection } from './trail-section.tsx';

/** Secure mode with its proof, the credentials, the trail. Works on a locked site. */
export function SecurityTab() {
  const styles = useTabStyles();
  return (
    <div className={styles.tab}>
      <UnfinishedRotation />
      <div className={styles.pair}>
        <SecureModeSection />
        <div className={styles.tab}>
          <ProbeSection />
          <CutOffSection />
        </div>
      </div>
      <ListenersSection />
      <CredentialsSection />
      <TrailSection />
    </div>
  );
}
