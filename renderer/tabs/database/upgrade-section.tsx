import { Callout } from '../../components/callout.tsx';
import { PermittedButton } from '../../components/permitted-button.tsx';
import { Section } from '../../components/section.tsx';
import { useSnapshot, useText } from '../../components/session-context.tsx';
import { useTabStyles } from '../use-tab-styles.ts';

/** The vendor's upgrade: the guard is taken down for it, recorded, and put up again after it. */
export function UpgradeSection() {
  const styles = useTabStyles();
  const { upgrade: words } = useText().database;
  const { commissioning } = useSnapshot();
  const upgrading = commissioning.state === 'known' && commissioning.value.state === 'upgrading';
  return (
    <Section title={words.title} leads={upgrading}>
      <p className={styles.quiet}>{words.what}</p>
      {upgrading ? <Callout tone="attention" title={words.under} next={words.underNext} /> : null}
      <div className={styles.buttons}>
        {upgrading ? (
          <PermittedButton appearance="primary" request={{ change: 'site.restoreGuard' }}>
            {words.end}
          </PermittedButton>
        ) : (
          <PermittedButton request={{ change: 'site.beginUpgrade' }}>{words.begin}</PermittedButton>
        )}
      </div>
    </Section>
  );
}
