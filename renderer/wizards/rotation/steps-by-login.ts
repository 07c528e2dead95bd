import type { ProgressStep } from '#shared/snapshot.ts';

/** What became of one login so far. */
export type LoginState = 'waiting' | 'running' | 'done' | 'failed' | 'interrupted' | 'undone';

export interface LoginSteps {
  readonly login: string;
  readonly state: LoginState;
  readonly steps: readonly ProgressStep[];
}

/**
 * The steps of a rotation by the login that they belong to. With several logins each step names its own first, in its id
 * and in its title (a login's name may begin another's, so the longest that fits counts); with one they are all its own.
 */
export function stepsByLogin(steps: readonly ProgressStep[], logins: readonly string[]): readonly LoginSteps[] {
  const longestFirst = logins.toSorted((a, b) => b.length - a.length);
  const ownerOf = ({ id, title }: ProgressStep): string | undefined =>
    logins.length === 1
      ? logins[0]
      : longestFirst.find((login) => id.startsWith(`${login} `) && title.startsWith(`${login}: `));
  const owned = new Map<string, ProgressStep[]>();
  for (const step of steps) {
    const login = ownerOf(step);
    if (login === undefined) continue;
    const prefix = `${login}: `;
    const title = step.title.startsWith(prefix) ? step.title.slice(prefix.length) : step.title;
    owned.set(login, [...(owned.get(login) ?? []), { ...step, title }]);
  }
  return [...owned].map(([login, own]) => ({ login, state: stateOf(own), steps: own }));
}

const finished = new Set<ProgressStep['state']>(['done', 'already-so']);

function stateOf(steps: readonly ProgressStep[]): LoginState {
  const some = (state: ProgressStep['state']) => steps.some((step) => step.state === state);
  if (some('failed')) return 'failed';
  if (some('interrupted')) return 'interrupted';
  if (steps.every(({ state }) => finished.has(state))) return 'done';
  if (some('undone')) return 'undone';
  return steps.every(({ state }) => state === 'waiting') ? 'waiting' : 'running';
}
