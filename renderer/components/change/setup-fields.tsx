import { Field, Input, makeStyles, tokens } from '@fluentui/react-components';
import type { RefObject } from 'react';
import { useText } from '../session-context.tsx';

const useStyles = makeStyles({
  group: { border: 'none', margin: 0, padding: 0, minWidth: 0, display: 'flex', flexDirection: 'column', gap: '8px' },
  legend: { padding: 0, fontWeight: tokens.fontWeightSemibold },
  hint: { color: tokens.colorNeutralForeground2 },
});

export interface SetupRefs {
  readonly login: RefObject<HTMLInputElement | null>;
  readonly password: RefObject<HTMLInputElement | null>;
}

interface SetupFieldsProps {
  readonly refs: SetupRefs;
  readonly missing: boolean;
  /** The login as it was typed the last time; its password is always typed anew. */
  readonly login?: string;
}

/**
 * The setup login. The password stays in its field, is read once when the plan is asked for, and the field is taken
 * down with that: nothing keeps it.
 */
export function SetupFields({ refs, missing, login = '' }: SetupFieldsProps) {
  const styles = useStyles();
  const { changes } = useText();
  const problem = missing
    ? { validationState: 'error' as const, validationMessage: changes.setupMissing }
    : { validationState: 'none' as const };
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{changes.setupTitle}</legend>
      <p className={styles.hint}>{changes.setupHint}</p>
      <Field label={changes.setupLogin} required {...problem}>
        <Input input={{ ref: refs.login }} defaultValue={login} autoComplete="off" spellCheck={false} />
      </Field>
      <Field label={changes.setupPassword} required>
        <Input input={{ ref: refs.password }} type="password" autoComplete="off" />
      </Field>
    </fieldset>
  );
}

/** What was typed, or null when something is missing. */
export function readSetup(refs: SetupRefs): { readonly login: string; readonly password: string } | null {
  const login = refs.login.current?.value.trim() ?? '';
  const password = refs.password.current?.value ?? '';
  return login === '' || password === '' ? null : { login, password };
}
