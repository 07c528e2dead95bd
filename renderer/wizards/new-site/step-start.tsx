import { Button, Field, Input, Radio, RadioGroup } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import type { SiteTemplate } from '#shared/sites.ts';
import { Choice } from '../../components/choice.tsx';
import { FailureMessage } from '../../components/failure-message.tsx';
import { Section } from '../../components/section.tsx';
import { useSession, useText } from '../../components/session-context.tsx';
import { Waiting } from '../../components/waiting.tsx';
import { answerOf, notAsked } from '../../store/asked.ts';
import type { Asked } from '../../store/asked.ts';
import { chooseTemplate, edit } from '../../store/assistant.ts';
import { answered } from '../../store/session.ts';
import { DraftField } from './draft-field.tsx';
import { useStepStyles } from './step-styles.ts';
import { useAssistant } from './use-assistant.ts';

/** What the profile begins with, and what the site is called. */
export function StepStart() {
  const styles = useStepStyles();
  const session = useSession();
  const { id, draft } = useAssistant();
  const { siteAssistant } = useText();
  const words = siteAssistant.start;
  return (
    <Section title={siteAssistant.steps.start}>
      <div className={styles.fields}>
        {id === null ? <p>{words.what}</p> : null}
        {id === null ? <Templates /> : null}
        <DraftField label={words.name} hint={words.nameHint} required field="name">
          <Input
            value={draft.name}
            maxLength={100}
            autoComplete="off"
            onChange={(_event, { value }) => edit(session, { name: value }, 'name')}
          />
        </DraftField>
      </div>
    </Section>
  );
}

function Templates() {
  const session = useSession();
  const { siteAssistant, words: common } = useText();
  const words = siteAssistant.start;
  const { template } = useAssistant();
  const [asked, setAsked] = useState<Asked<readonly SiteTemplate[]>>(notAsked);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let left = false;
    const read = async () => {
      const templates = answerOf(await answered(session.client.sites.templates({})));
      if (!left) setAsked(templates);
    };
    void read();
    return () => {
      left = true;
    };
    // A new attempt is a new reading.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [session, attempt]);
  if (asked.state === 'failed') {
    return (
      <FailureMessage
        failure={asked.failure}
        title={words.notRead}
        actions={<Button onClick={() => setAttempt(attempt + 1)}>{common.retry}</Button>}
      />
    );
  }
  if (asked.state !== 'answered') return <Waiting>{words.reading}</Waiting>;
  return (
    <Field label={words.templates} required>
      <RadioGroup
        value={template ?? ''}
        onChange={(_event, { value }) => {
          const chosen = asked.value.find(({ id }) => id === value);
          if (chosen) chooseTemplate(session, chosen);
        }}
      >
        {asked.value.map(({ id, title, about }) => (
          <Radio key={id} value={id} label={{ children: <Choice title={title} hint={about} /> }} />
        ))}
      </RadioGroup>
    </Field>
  );
}
