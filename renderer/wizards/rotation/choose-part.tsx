import { Button, Checkbox, makeStyles, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { Login } from '#shared/snapshot.ts';
import { useWhyNot } from '../../components/permitted-button.tsx';
import { ReadingView } from '../../components/reading-view.tsx';
import { Section } from '../../components/section.tsx';
import { useScreen, useSession, useSnapshot, useText } from '../../components/session-context.tsx';
import { Tag } from '../../components/tag.tsx';
import { useNow } from '../../components/use-now.ts';
import { hasPublishedDefault, planRotation, proposedLogins } from '../../store/rotating.ts';
import { Age } from '../../tabs/security/login-cells.tsx';
import { UnfinishedRotation } from '../../tabs/security/open-rotation.tsx';
import { useTabStyles } from '../../tabs/use-tab-styles.ts';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: '12px' },
  group: { border: 'none', margin: 0, padding: 0, minWidth: 0, display: 'flex', flexDirection: 'column', gap: '4px' },
  legend: { padding: 0, fontWeight: tokens.fontWeightSemibold },
  login: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '2px 10px', overflowWrap: 'anywhere' },
  name: { fontWeight: tokens.fontWeightSemibold },
  small: { flexBasis: '100%', color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  problem: { color: tokens.colorStatusDangerForeground1 },
});

/** Part 1: which logins. What cannot be rotated is greyed out and says why. */
export function ChoosePart() {
  const { wizard: words } = useText().rotation;
  const { logins } = useSnapshot();
  return (
    <>
      <UnfinishedRotation />
      <Section title={words.parts.choose}>
        <p>{words.intro}</p>
        <ReadingView reading={logins}>{(all) => <Choices logins={all} />}</ReadingView>
      </Section>
    </>
  );
}

/** What can be ticked stands above what is there only to say why it cannot. */
const rotatableFirst = (logins: readonly Login[]): readonly Login[] =>
  logins.toSorted((a, b) => Number(b.rotatable.possible) - Number(a.rotatable.possible));

function Choices({ logins }: { readonly logins: readonly Login[] }) {
  const styles = useStyles();
  const tab = useTabStyles();
  const session = useSession();
  const { rotation, words: common } = useText();
  const { wizard: words } = rotation;
  const now = useNow();
  const ticked = useScreen((state) => state.rotationChoice);
  const [tried, setTried] = useState(false);
  const why = useWhyNot('rotation.rotateMany');
  const proposed = proposedLogins(logins, now);
  const choice = ticked ?? proposed;
  const chosen = logins.filter(({ name, rotatable }) => rotatable.possible && choice.includes(name));
  const tick = (name: string, on: boolean) =>
    session.store.setState({ rotationChoice: on ? [...choice, name] : choice.filter((each) => each !== name) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (why !== null || chosen.length === 0) return;
    void planRotation(
      session,
      chosen.map(({ name }) => name),
    );
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <p className={tab.quiet}>{proposed.length > 0 ? words.proposed : words.noneProposed}</p>
      <fieldset className={styles.group}>
        <legend className={styles.legend}>{words.logins}</legend>
        {rotatableFirst(logins).map((login) => (
          <LoginChoice
            key={login.name}
            login={login}
            checked={chosen.includes(login)}
            onTick={(on) => tick(login.name, on)}
          />
        ))}
      </fieldset>
      <output className={tab.quiet}>{words.chosen(chosen.length)}</output>
      {tried && chosen.length === 0 ? (
        <p role="alert" className={styles.problem}>
          {words.chooseOne}
        </p>
      ) : null}
      {why === null ? null : (
        <p className={tab.quiet}>
          {common.notAllowedNow} {why}
        </p>
      )}
      <div>
        <Button type="submit" appearance="primary" disabledFocusable={why !== null}>
          {words.toPlan}
        </Button>
      </div>
    </form>
  );
}

interface LoginChoiceProps {
  readonly login: Login;
  readonly checked: boolean;
  readonly onTick: (on: boolean) => void;
}

function LoginChoice({ login, checked, onTick }: LoginChoiceProps) {
  const styles = useStyles();
  const { rotation, security } = useText();
  const { rotatable, services, consumers, role } = login;
  const users = [
    ...(role === 'run' ? [security.credentials.ofMortise] : []),
    ...services.map((name) => security.credentials.service(name)),
    ...consumers,
  ];
  return (
    <Checkbox
      checked={checked}
      disabled={!rotatable.possible}
      onChange={(_event, { checked: on }) => onTick(on === true)}
      label={
        <span className={styles.login}>
          <span className={styles.name}>{login.name}</span>
          <Age login={login} />
          {hasPublishedDefault(login) ? <Tag tone="danger">{security.credentials.publishedDefault}</Tag> : null}
          <span className={styles.small}>
            {rotatable.possible
              ? users.length > 0
                ? users.join(' · ')
                : security.credentials.nobody
              : rotation.wizard.cannot(rotatable.why)}
          </span>
        </span>
      }
    />
  );
}
