import { Button, Field, Input, Select, makeStyles } from '@fluentui/react-components';
import { useRef, useState } from 'react';
import type { FormEvent } from 'react';
import type { Login } from '#shared/snapshot.ts';
import { leastReason } from '../../components/change/asking-form.tsx';
import { SetupFields, readSetup } from '../../components/change/setup-fields.tsx';
import { UnknownReading } from '../../components/reading-view.tsx';
import { useScreen, useSession, useSnapshot, useText } from '../../components/session-context.tsx';
import { makePlan, typedAnswers } from '../../store/change-steps.ts';
import type { Drafts } from '../../store/drafts.ts';

const useStyles = makeStyles({ form: { display: 'flex', flexDirection: 'column', gap: '12px' } });

/** The logins that services use: theirs are the old passwords that everybody knows. */
function rotatableLogins(logins: readonly Login[]): readonly Login[] {
  return logins.filter((login) => login.role === 'service' && login.rotatable.possible);
}

/** What the lockdown needs to know. Goes on to the plan, never past it. */
export function LockdownForm() {
  const styles = useStyles();
  const session = useSession();
  const { lockdown: words, changes } = useText();
  const { site, logins } = useSnapshot();
  const drafts = useScreen((state) => state.drafts);
  const setup = { login: useRef<HTMLInputElement>(null), password: useRef<HTMLInputElement>(null) };
  const [tried, setTried] = useState(false);
  const [setupMissing, setSetupMissing] = useState(false);
  const choices = logins.state === 'known' ? rotatableLogins(logins.value) : [];
  const login = choices.find(({ name }) => name === drafts.login)?.name ?? choices[0]?.name ?? '';
  const problems = {
    engineer: drafts.engineer.trim() === '' ? words.engineerMissing : undefined,
    reason: drafts.lockdownReason.trim().length < leastReason ? changes.reasonTooShort : undefined,
    login: login === '' ? words.loginNone : undefined,
  };
  const draft = (change: Partial<Drafts>) =>
    session.store.setState((now) => ({ drafts: { ...now.drafts, ...change } }));
  const told = (problem: string | undefined) => (tried && problem !== undefined ? { validationMessage: problem } : {});

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const typed = site.kind === 'real' ? readSetup(setup) : null;
    const missing = site.kind === 'real' && typed === null;
    setTried(true);
    setSetupMissing(missing);
    if (missing || Object.values(problems).some((problem) => problem !== undefined)) return;
    const request = { change: 'lockdown.run' as const, engineer: drafts.engineer.trim(), login };
    void makePlan(session, request, 'lockdown', typedAnswers(request, drafts, typed));
  };

  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <Field label={words.engineer} hint={words.engineerHint} required {...told(problems.engineer)}>
        <Input
          value={drafts.engineer}
          maxLength={100}
          autoComplete="off"
          onChange={(_event, { value }) => draft({ engineer: value })}
        />
      </Field>
      <Field label={words.reason} hint={words.reasonHint} required {...told(problems.reason)}>
        <Input
          value={drafts.lockdownReason}
          maxLength={400}
          autoComplete="off"
          onChange={(_event, { value }) => draft({ lockdownReason: value })}
        />
      </Field>
      {logins.state === 'unknown' ? <UnknownReading reading={logins} /> : null}
      <Field label={words.login} required {...told(problems.login)}>
        <Select value={login} onChange={(_event, { value }) => draft({ login: value })}>
          {choices.map(({ name }) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      {site.kind === 'real' ? <SetupFields refs={setup} missing={setupMissing} /> : null}
      <div>
        <Button type="submit" appearance="primary">
          {words.planFirst}
        </Button>
      </div>
    </form>
  );
}
