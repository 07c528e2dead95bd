import { Field, Input, Textarea, makeStyles, tokens } from '@fluentui/react-components';
import { useRef, useState } from 'react';
import type { FormEvent } from 'react';
import type { ChangeFlow } from '../../store/change-flow.ts';
import { makePlan, openQuestions, typedAnswers } from '../../store/change-steps.ts';
import { readSecrets } from '../../store/typed-secrets.ts';
import type { SecretProblems } from '../../store/typed-secrets.ts';
import { nextTime } from '../../store/drafts.ts';
import type { Drafts } from '../../store/drafts.ts';
import { distanceText, momentText } from '../../text/moments.ts';
import { useScreen, useSession, useText } from '../session-context.tsx';
import { useNow } from '../use-now.ts';
import { SecretFields } from './secret-fields.tsx';
import { SetupFields, readSetup } from './setup-fields.tsx';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: '14px' },
  time: { maxWidth: '160px' },
  quiet: { color: tokens.colorNeutralForeground2 },
});

export const leastReason = 3;

/** Asks what the change needs before it can be planned. Its submit button stands in the dialog's foot (`formId`). */
export function AskingForm({ flow, formId }: { readonly flow: ChangeFlow; readonly formId: string }) {
  const styles = useStyles();
  const session = useSession();
  const { changes } = useText();
  const drafts = useScreen((state) => state.drafts);
  const setup = { login: useRef<HTMLInputElement>(null), password: useRef<HTMLInputElement>(null) };
  const [tried, setTried] = useState(false);
  const [setupMissing, setSetupMissing] = useState(false);
  const [secretProblems, setSecretProblems] = useState<SecretProblems>({});
  const asked = openQuestions(session, flow.request);
  const shortReason = asked.includes('reason') && drafts.reason.trim().length < leastReason;
  const draft = (change: Partial<Drafts>) =>
    session.store.setState((now) => ({ drafts: { ...now.drafts, ...change } }));

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = asked.includes('setup') ? readSetup(setup) : null;
    const missing = asked.includes('setup') && typed === null;
    const { secret, own, problems } = readSecrets(asked, new FormData(event.currentTarget));
    setTried(true);
    setSetupMissing(missing);
    setSecretProblems(problems);
    if (shortReason || missing || Object.keys(problems).length > 0) return;
    void makePlan(session, flow.request, flow.place, { ...typedAnswers(flow.request, drafts, typed), secret, own });
  };

  return (
    <form id={formId} className={styles.form} onSubmit={submit} noValidate>
      {asked.includes('reason') ? (
        <Field
          label={changes.reason}
          required
          hint={changes.reasonHint}
          {...(tried && shortReason ? { validationMessage: changes.reasonTooShort } : {})}
        >
          <Textarea
            value={drafts.reason}
            maxLength={400}
            rows={2}
            resize="vertical"
            onChange={(_event, { value }) => draft({ reason: value })}
          />
        </Field>
      ) : null}
      {asked.includes('open-until') ? (
        <Field label={changes.openUntil} hint={changes.openUntilHint}>
          <Input
            className={styles.time}
            type="time"
            value={drafts.openUntil}
            onChange={(_event, { value }) => draft({ openUntil: value })}
          />
        </Field>
      ) : null}
      {asked.includes('open-until') ? <OpenUntilMeaning clock={drafts.openUntil} /> : null}
      {asked.includes('setup') ? <SetupFields refs={setup} missing={setupMissing} /> : null}
      <SecretFields asked={asked} problems={secretProblems} />
    </form>
  );
}

function OpenUntilMeaning({ clock }: { readonly clock: string }) {
  const styles = useStyles();
  const { changes, words, locale } = useText();
  const now = useNow();
  const until = nextTime(clock, now);
  return (
    <output className={styles.quiet}>
      {until
        ? changes.openUntilMeans(words.momentWithHint(momentText(until, now, locale), distanceText(until, now, locale)))
        : changes.openUntilNever}
    </output>
  );
}
