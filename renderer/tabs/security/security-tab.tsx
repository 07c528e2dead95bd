import { useTabStyles } from '../use-tab-styles.ts';
import { CredentialsSection } from './credentials-section.tsx';
import { UnfinishedRotation } from './open-rotation.tsx';
import { AllowedSection } from './secure-mode/allowed-section.tsx';
import { CutOffSection } from './secure-mode/cut-off-section.tsx';
import { LayersSection } from './secure-mode/layers-section.tsx';
import { ListenersSection } from './secure-mode/listeners-section.tsx';
import { ProbeSection } from './secure-mode/probe-section.tsx';
import { SecureModeSection } from './secure-mode/secure-mode-section.tsx';
import { TrailSection } from './trail-section.tsx';

/** Secure mode with its proof, the credentials, the trail. Works on a locked site. */
export function SecurityTab() {
  const styles = useTabStyles();
  return (
    <div className={styles.tab}>
      <UnfinishedRotation />
      <div className={styles.pair}>
        <div className={styles.tab}>
          <SecureModeSection />
          <AllowedSection />
          <CutOffSection />
        </div>
        <div className={styles.tab}>
          <ProbeSection />
          <LayersSection />
        </div>
      </div>
      <ListenersSection />
      <CredentialsSection />
      <TrailSection />
    </div>
  );
}
