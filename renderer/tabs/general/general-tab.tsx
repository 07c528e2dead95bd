import { useSnapshot } from '../../components/session-context.tsx';
import { useTabStyles } from '../use-tab-styles.ts';
import { CommissioningSection } from './commissioning-section.tsx';
import { ControllersSection } from './controllers-section.tsx';
import { FirstSteps, waitsForFirstSteps } from './first-steps.tsx';
import { GlanceSection } from './glance-section.tsx';
import { LockdownCard } from './lockdown-card.tsx';
import { ReadinessSection } from './readiness-section.tsx';

const leading = new Set(['running', 'undoing', 'interrupted', 'failed']);

/** The site at a glance, its lock, its controllers. A lockdown that is not finished comes before everything else. */
export function GeneralTab() {
  const styles = useTabStyles();
  const snapshot = useSnapshot();
  const { lockdown } = snapshot;
  const leads = leading.has(lockdown.state);
  return (
    <div className={styles.tab}>
      {leads ? <LockdownCard leads /> : null}
      {waitsForFirstSteps(snapshot) ? <FirstSteps /> : null}
      <GlanceSection />
      {leads ? (
        <CommissioningSection />
      ) : (
        <div className={styles.pair}>
          <CommissioningSection />
          <LockdownCard leads={false} />
        </div>
      )}
      <ControllersSection />
      <ReadinessSection />
    </div>
  );
}
