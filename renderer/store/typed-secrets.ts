import type { OwnPassword, Question } from './change-request.ts';

/** The fields in which secrets are typed, by the names that they have in their form. */
export type SecretField =
  | 'password'
  | 'own-login'
  | 'own-from'
  | 'own-to'
  | 'own-again'
  | 'passphrase'
  | 'again'
  | 'kit';

/** What is wrong with a field: nothing stands in it, or the second one is not the same as the first. */
export type SecretProblem = 'missing' | 'differs';

export type SecretProblems = { readonly [F in SecretField]?: SecretProblem };

interface TypedSecrets {
  readonly secret: string;
  readonly own: OwnPassword | null;
  readonly problems: SecretProblems;
}

const fieldsOf: { readonly [Q in Question]?: readonly SecretField[] } = {
  password: ['password'],
  'own-password': ['own-login', 'own-from', 'own-to', 'own-again'],
  'new-passphrase': ['passphrase', 'again'],
  kit: ['kit', 'passphrase'],
};

/** Reads what was typed out of its form, for the one call that takes it. Nothing of it is kept. */
export function readSecrets(asked: readonly Question[], form: FormData): TypedSecrets {
  const typed = (field: SecretField): string => {
    const value = form.get(field);
    return typeof value === 'string' ? value : '';
  };
  const problems: { [F in SecretField]?: SecretProblem } = {};
  for (const field of asked.flatMap((question) => fieldsOf[question] ?? []))
    if (typed(field).trim() === '') problems[field] = 'missing';
  const same = (first: SecretField, second: SecretField, question: Question) => {
    if (asked.includes(question) && problems[second] === undefined && typed(first) !== typed(second))
      problems[second] = 'differs';
  };
  same('own-to', 'own-again', 'own-password');
  same('passphrase', 'again', 'new-passphrase');
  return {
    secret: asked.includes('password') ? typed('password') : typed('passphrase'),
    own: asked.includes('own-password')
      ? { login: typed('own-login').trim(), from: typed('own-from'), to: typed('own-to') }
      : null,
    problems,
  };
}
