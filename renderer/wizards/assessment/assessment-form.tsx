import { Button, Field, Radio, RadioGroup, makeStyles } from '@fluentui/react-components';
import { useRef, useState } from 'react';
import type { FormEvent } from 'react';
import { Choice } from '../../components/choice.tsx';
import { SetupFields, readSetup } from '../../components/change/setup-fields.tsx';
import { Section } from '../../components/section.tsx';
import { useSession, useSnapshot, useText } from '../../components/session-context.tsx';
import { assess } from '../../store/assessing.ts';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: '14px', maxWidth: '560px' },
});

/** As whom a real site is read. The training site lends its administrator, so nobody is asked there. */
export function AssessmentForm() {
  const styles = useStyles();
  const session = useSession();
  const { assessment: words } = useText();
  const { site, server } = useSnapshot();
  const isReal = site.kind === 'real';
  // Where Mortise's own login gets in, nothing has to be typed.
  const [typed, setTyped] = useState(isReal && server.state === 'unknown');
  const [missing, setMissing] = useState(false);
  const setup = { login: useRef<HTMLInputElement>(null), password: useRef<HTMLInputElement>(null) };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const login = typed ? readSetup(setup) : null;
    if (typed && login === null) {
      setMissing(true);
      return;
    }
    void assess(session, login);
  };
  return (
    <Section title={words.login}>
      <form className={styles.form} onSubmit={submit} noValidate>
        {isReal ? (
          <Field label={words.asWhom}>
            <RadioGroup
              value={typed ? 'typed' : 'run'}
              onChange={(_event, { value }) => {
                setTyped(value === 'typed');
                setMissing(false);
              }}
            >
              <Radio
                value="run"
                label={{
                  children: (
                    <Choice
                      title={words.asRun}
                      hint={server.state === 'unknown' ? words.asRunUnknown : words.asRunHint}
                    />
                  ),
                }}
              />
              <Radio value="typed" label={{ children: <Choice title={words.asSetup} hint={words.asSetupHint} /> }} />
            </RadioGroup>
          </Field>
        ) : null}
        {isReal ? null : <p>{words.asTraining}</p>}
        {typed ? <SetupFields refs={setup} missing={missing} /> : null}
        <div>
          <Button type="submit" appearance="primary">
            {words.start}
          </Button>
        </div>
      </form>
    </Section>
  );
}
