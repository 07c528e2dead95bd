import { Button, Field, Input, makeStyles, tokens } from '@fluentui/react-components';
import { useId, useState } from 'react';
import type { Failure } from '#shared/errors.ts';
import type { Question } from '../../store/change-request.ts';
import { answered } from '../../store/session.ts';
import type { SecretField, SecretProblems } from '../../store/typed-secrets.ts';
import { FailureMessage } from '../failure-message.tsx';
import { useSession, useText } from '../session-context.tsx';

const useStyles = makeStyles({
  group: { display: 'flex', flexDirection: 'column', gap: '10px' },
  problem: { color: tokens.colorStatusDangerForeground1 },
  quiet: { color: tokens.colorNeutralForeground2 },
  file: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '8px', overflowWrap: 'anywhere' },
});

interface SecretFieldsProps {
  readonly asked: readonly Question[];
  readonly problems: SecretProblems;
}

/**
 * The fields for secrets that a change needs. What is typed stays in its field, is read once when the plan is asked for,
 * and the field is taken down with that: nothing keeps it.
 */
export function SecretFields({ asked, problems }: SecretFieldsProps) {
  const styles = useStyles();
  const { rotation } = useText();
  const words = rotation.secrets;
  const field = (name: SecretField, label: string, hint?: string) => (
    <SecretInput name={name} label={label} hint={hint} problems={problems} />
  );
  return (
    <>
      {asked.includes('password') ? (
        <div className={styles.group}>
          <p className={styles.quiet}>{words.passwordMeans}</p>
          {field('password', words.password)}
        </div>
      ) : null}
      {asked.includes('own-password') ? (
        <div className={styles.group}>
          <p className={styles.quiet}>{words.ownMeans}</p>
          {field('own-login', words.ownLogin, words.ownLoginHint)}
          {field('own-from', words.ownFrom)}
          {field('own-to', words.ownTo, words.ownToHint)}
          {field('own-again', words.ownAgain)}
        </div>
      ) : null}
      {asked.includes('new-passphrase') ? (
        <div className={styles.group}>
          <p className={styles.quiet}>{words.exportMeans}</p>
          {field('passphrase', words.passphrase, words.passphraseHint)}
          {field('again', words.passphraseAgain)}
        </div>
      ) : null}
      {asked.includes('kit') ? (
        <div className={styles.group}>
          <p className={styles.quiet}>{words.importMeans}</p>
          <KitFile missing={problems.kit === 'missing'} />
          {field('passphrase', words.passphraseOfKit)}
        </div>
      ) : null}
    </>
  );
}

interface SecretInputProps {
  readonly name: SecretField;
  readonly label: string;
  readonly hint: string | undefined;
  readonly problems: SecretProblems;
}

function SecretInput({ name, label, hint, problems }: SecretInputProps) {
  const { rotation } = useText();
  const problem = problems[name];
  return (
    <Field
      label={label}
      required
      {...(hint === undefined ? {} : { hint })}
      {...(problem === undefined ? {} : { validationMessage: rotation.secrets.problems[problem] })}
    >
      <Input
        name={name}
        type={name === 'own-login' ? 'text' : 'password'}
        maxLength={name === 'passphrase' || name === 'again' ? 1000 : 128}
        autoComplete="off"
        spellCheck={false}
      />
    </Field>
  );
}

/** The kit's file, chosen in a dialog of main's. Only its path comes back. */
function KitFile({ missing }: { readonly missing: boolean }) {
  const styles = useStyles();
  const { client } = useSession();
  const { rotation } = useText();
  const words = rotation.secrets;
  const id = useId();
  const [path, setPath] = useState('');
  const [isKit, setIsKit] = useState(true);
  const [failure, setFailure] = useState<Failure | null>(null);
  const choose = async () => {
    const answer = await answered(client.recoveryKit.choose({}));
    setFailure(answer.ok ? null : answer.error);
    if (!answer.ok || answer.value.path === null) return;
    setPath(answer.value.path);
    setIsKit(answer.value.isKit);
  };
  const usable = path !== '' && isKit;
  const problem = !isKit ? words.notKit : missing && path === '' ? words.noFile : null;
  return (
    <div className={styles.group}>
      <div className={styles.file}>
        <Button {...(problem === null ? {} : { 'aria-describedby': id })} onClick={() => void choose()}>
          {words.chooseFile}
        </Button>
        <output>{path === '' ? words.noneChosen : path}</output>
      </div>
      {problem === null ? null : (
        <p id={id} role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
      <input type="hidden" name="kit" value={usable ? path : ''} />
      {failure ? <FailureMessage failure={failure} /> : null}
    </div>
  );
}
