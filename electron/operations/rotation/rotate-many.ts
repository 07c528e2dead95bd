import { failure } from '#shared/errors.ts';
import type { Failure } from '#shared/errors.ts';
import type { Claim, Outcome } from '#shared/plan.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { Change, Draft } from '../change.ts';
import { outcomeOf } from '../outcome.ts';
import type { Run } from '../run.ts';
import { openRotation } from './rotation-journal.ts';
import type { RotationParts } from './rotation-parts.ts';
import { RotateLogin } from './rotate-login.ts';

interface Planned {
  readonly login: string;
  readonly draft: Draft;
}

/**
 * Rotates several logins one after the other, each as a rotation of its own with its own journal: what went wrong with one
 * was taken back there and leaves the others alone; where one stays open, those after it are not begun.
 */
export class RotateMany implements Change<{ readonly logins: readonly string[] }> {
  readonly #parts: RotationParts;

  constructor(parts: RotationParts) {
    this.#parts = parts;
  }

  async plan({ logins }: { readonly logins: readonly string[] }): Promise<Result<Draft>> {
    const open = await openRotation(this.#parts.journal);
    if (!open.ok) return open;
    if (open.value !== undefined)
      return failed(
        failure('not-allowed', {
          why: `The rotation of ${open.value.login} is not finished: bring it to its end first.`,
        }),
      );
    const planned: Planned[] = [];
    for (const login of this.#inOrder(logins)) {
      const draft = await new RotateLogin(this.#parts, 'generated').plan({ login });
      if (!draft.ok) return draft;
      planned.push({ login, draft: draft.value });
    }
    const bodies = planned.map(({ draft }) => draft.body);
    return succeed({
      body: {
        title: planned.length === 1 ? (bodies[0]?.title ?? '') : `Rotate ${planned.length} logins`,
        summary: `Replaces the password of ${planned.map(({ login }) => login).join(', ')}, one after the other: on the server, in every copy and in the store, with a proof for each.`,
        steps: planned.flatMap(({ login, draft }) =>
          draft.body.steps.map((step) => ({ ...step, id: stepId(login, step.id), title: `${login}: ${step.title}` })),
        ),
        affected: bodies.flatMap(({ affected }) => affected),
        warnings: [...new Set(bodies.flatMap(({ warnings }) => warnings))],
        takeBack: { possible: true, how: 'The former password of each is kept and can be put back, one by one.' },
        consent: null,
      },
      rests: JSON.stringify(planned.map(({ login, draft }) => [login, draft.rests])),
      apply: async (run) => await this.#apply(planned, run),
    });
  }

  /** As the profile names them, each once, Mortise's own login last: everything before it is read by that one. */
  #inOrder(logins: readonly string[]): readonly string[] {
    const { profile } = this.#parts;
    const known = profile.serviceLogins.map(({ login }) => login);
    const rank = (login: string) => (login === profile.runLogin ? known.length + 1 : known.indexOf(login));
    return [...new Set(logins)].toSorted((a, b) => rank(a) - rank(b));
  }

  async #apply(planned: readonly Planned[], run: Run): Promise<Result<Outcome>> {
    const claims: Claim[] = [];
    const rotated: string[] = [];
    const failures: { readonly login: string; readonly why: Failure }[] = [];
    let notBegun: readonly string[] = [];
    for (const [index, { login, draft }] of planned.entries()) {
      if (run.stopRequested() && index > 0) {
        notBegun = planned.slice(index).map((each) => each.login);
        break;
      }
      const done = await draft.apply(runOf(run, login));
      if (done.ok) {
        rotated.push(login);
        claims.push(...done.value.claims);
        continue;
      }
      failures.push({ login, why: done.error });
      const open = await openRotation(this.#parts.journal);
      if (open.ok && open.value === undefined && done.error.code !== 'cancelled') continue;
      notBegun = planned.slice(index + 1).map((each) => each.login);
      break;
    }
    if (failures.length === 0 && notBegun.length === 0)
      return succeed(
        outcomeOf(
          `${planned.length} logins were rotated`,
          `${rotated.join(', ')}: each has a new password everywhere, proved by a login of its own.`,
          claims,
          this.#parts.clock,
        ),
      );
    const what = [
      ...failures.map(({ login, why }) => `${login}: ${why.sentence}`),
      ...(notBegun.length === 0 ? [] : [`Not begun: ${notBegun.join(', ')}.`]),
    ].join(' ');
    return failed(failure('rotated-in-part', { done: rotated.length, all: planned.length, what }));
  }
}

const stepId = (login: string, step: string) => `${login} ${step}`;

/** One login's part of the run: its steps stand among those of the others. */
const runOf = (run: Run, login: string): Run => ({
  id: run.id,
  announce: () => undefined,
  mark: (step, state, note, why) => run.mark(stepId(login, step), state, note, why),
  stopRequested: () => run.stopRequested(),
});
