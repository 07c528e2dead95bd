/** Everything about passwords of SQL logins. Passwords themselves are never arguments. */
export type RotationCommand =
  | { readonly name: 'rotate'; readonly logins: readonly string[]; readonly all: boolean; readonly back: boolean }
  | { readonly name: 'verify'; readonly logins: readonly string[] }
  | { readonly name: OneLoginCommand; readonly login: string };

const oneLogin = ['reconcile', 'adopt', 'reset', 'passwd', 'try-defaults'] as const;
type OneLoginCommand = (typeof oneLogin)[number];

export const rotationOptions = {
  back: { type: 'boolean', default: false },
  all: { type: 'boolean', default: false },
} as const;

export interface RotationValues {
  readonly back: boolean;
  readonly all: boolean;
}

/** The command, or the sentence that says what is missing; undefined for a command of another kind. */
export function readRotation(
  first: string | undefined,
  logins: readonly string[],
  { back, all }: RotationValues,
): RotationCommand | string | undefined {
  const [login, ...more] = logins;
  const single = oneLogin.find((name) => name === first);
  if (single !== undefined) {
    if (login === undefined) return `"${single}" wants the login.`;
    return more.length === 0 ? { name: single, login } : `"${single}" takes one login, not ${logins.length}.`;
  }
  if (first === 'verify') return { name: 'verify', logins };
  if (first !== 'rotate') return undefined;
  if (all && login !== undefined) return '"rotate" takes logins or --all, not both.';
  if (!all && login === undefined) return '"rotate" wants the login to rotate, several, or --all.';
  if (back && (all || more.length > 0)) return "--back puts one login's former password back: name that one.";
  return { name: 'rotate', logins, all, back };
}

/** An option of these commands given to another one: somebody would rely on it. */
export function misplacedRotationOption(command: string, { back, all }: RotationValues): string | undefined {
  if (command === 'help' || command === 'rotate') return undefined;
  if (back) return '--back belongs to "rotate" alone.';
  return all ? '--all belongs to "rotate" alone.' : undefined;
}
