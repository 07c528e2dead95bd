import { Input } from '@fluentui/react-components';
import { Section } from '../../components/section.tsx';
import { useSession, useText } from '../../components/session-context.tsx';
import { edit } from '../../store/assistant.ts';
import { ConsumersEditor } from './consumers-editor.tsx';
import { DraftField, ToConfirm } from './draft-field.tsx';
import { ServiceLoginsEditor } from './service-logins-editor.tsx';
import { ServicesEditor } from './services-editor.tsx';
import { useStepStyles } from './step-styles.ts';
import { useAssistant } from './use-assistant.ts';

/** Who uses the database: Mortise's own login, the services, their logins, and where those keep their passwords. */
export function StepLogins() {
  const styles = useStepStyles();
  const session = useSession();
  const { draft } = useAssistant();
  const { siteAssistant } = useText();
  const words = siteAssistant.logins;
  return (
    <div className={styles.step}>
      <Section title={siteAssistant.steps.logins}>
        <p>{words.what}</p>
        <div className={styles.fields}>
          <DraftField label={words.runLogin} hint={words.runLoginHint} required field="runLogin">
            <Input
              value={draft.runLogin}
              maxLength={128}
              autoComplete="off"
              spellCheck={false}
              onChange={(_event, { value }) => edit(session, { runLogin: value }, 'runLogin')}
            />
          </DraftField>
        </div>
      </Section>
      <Section title={words.services} aside={<ToConfirm field="services" label={words.services} />}>
        <p className={styles.quiet}>{words.servicesHint}</p>
        <ServicesEditor />
      </Section>
      <Section title={words.serviceLogins} aside={<ToConfirm field="serviceLogins" label={words.serviceLogins} />}>
        <ServiceLoginsEditor />
      </Section>
      <Section title={words.consumers} aside={<ToConfirm field="consumers" label={words.consumers} />}>
        <p className={styles.quiet}>{words.consumersHint}</p>
        <ConsumersEditor />
      </Section>
    </div>
  );
}
