import { Button } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { Callout } from '../../components/callout.tsx';
import { CodeBlock } from '../../components/change/code-block.tsx';
import { FailureMessage } from '../../components/failure-message.tsx';
import { FaultList } from '../../components/fault-list.tsx';
import { PermittedButton } from '../../components/permitted-button.tsx';
import { Section } from '../../components/section.tsx';
import { useSession, useText } from '../../components/session-context.tsx';
import { Waiting } from '../../components/waiting.tsx';
import { faultsOf, stepOfPath } from '../../store/assistant-faults.ts';
import { assistantSteps } from '../../store/assistant-state.ts';
import { goToStep } from '../../store/assistant.ts';
import { isHole } from '../../store/draft-holes.ts';
import { profileTextOf } from '../../store/site-draft.ts';
import { SavedSite } from './saved-site.tsx';
import { useStepStyles } from './step-styles.ts';
import { useAssistant } from './use-assistant.ts';

/** What is not right yet, what nobody confirmed, the profile as it will be written, and keeping it. */
export function StepReview() {
  const styles = useStepStyles();
  const { siteAssistant } = useText();
  const words = siteAssistant.review;
  const assistant = useAssistant();
  if (assistant.saved) return <SavedSite />;
  return (
    <div className={styles.step}>
      <Section title={siteAssistant.steps.review}>
        <p>{words.what}</p>
        <Judgement />
        <Unconfirmed />
        <Keep />
      </Section>
      <Section title={words.preview}>
        <CodeBlock kind={words.previewKind} caption={words.preview} text={profileTextOf(assistant.draft)} />
      </Section>
    </div>
  );
}

function Judgement() {
  const words = useText().siteAssistant.review;
  const assistant = useAssistant();
  const { checked } = assistant;
  if (checked.state === 'failed') return <FailureMessage failure={checked.failure} title={words.notChecked} />;
  if (checked.state !== 'answered') return <Waiting>{words.checking}</Waiting>;
  const faults = faultsOf(assistant);
  if (faults.length === 0) return <Callout tone="good" live="status" title={words.whole} />;
  return (
    <Callout tone="danger" live="status" title={words.faults(faults.length)}>
      <FaultList faults={faults} renderAction={({ path }) => <GoThere path={path} />} />
    </Callout>
  );
}

function GoThere({ path }: { readonly path: string }): ReactNode {
  const session = useSession();
  const words = useText().siteAssistant.review;
  const step = stepOfPath(path);
  if (step === 'review') return null;
  return (
    <Button size="small" aria-label={words.goThereNamed(path)} onClick={() => goToStep(session, step)}>
      {words.goThere}
    </Button>
  );
}

function Unconfirmed() {
  const styles = useStepStyles();
  const session = useSession();
  const { siteAssistant } = useText();
  const words = siteAssistant.review;
  const { toConfirm: marked, draft } = useAssistant();
  // Holes stand among the faults already.
  const toConfirm = marked.filter((field) => !isHole(draft, field));
  if (toConfirm.length === 0) return null;
  return (
    <Callout tone="attention" title={words.unconfirmed(toConfirm.length)} next={words.unconfirmedNext}>
      <ul className={styles.list}>
        {assistantSteps
          .map((step) => [step, toConfirm.filter((field) => stepOfPath(field) === step)] as const)
          .filter(([, fields]) => fields.length > 0)
          .map(([step, fields]) => (
            <li key={step}>
              <strong>{siteAssistant.steps[step]}:</strong> <code>{fields.join(', ')}</code>{' '}
              <Button
                size="small"
                aria-label={words.goThereNamed(siteAssistant.steps[step])}
                onClick={() => goToStep(session, step)}
              >
                {words.goThere}
              </Button>
            </li>
          ))}
      </ul>
    </Callout>
  );
}

function Keep() {
  const words = useText().siteAssistant.review;
  const { id, keptAs, checked } = useAssistant();
  const profile = checked.state === 'answered' ? checked.value.profile : null;
  if (profile === null) {
    return (
      <div>
        <Button appearance="primary" disabledFocusable title={words.saveNotYet}>
          {words.save}
        </Button>
      </div>
    );
  }
  return (
    <div>
      <PermittedButton appearance="primary" request={{ change: 'sites.save', id: id ?? keptAs, profile }}>
        {words.save}
      </PermittedButton>
    </div>
  );
}
