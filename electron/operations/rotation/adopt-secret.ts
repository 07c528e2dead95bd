import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import { Secret } from '#shared/secret.ts';
import type { Change, Draft } from '../change.ts';
import { outcomeOf, verified } from '../outcome.ts';
import { openRotation } from './rotation-journal.ts';
import { rotatedLogin } from './rotation-parts.ts';
import type { RotationParts } from './rotation-parts.ts';
import { secretChange } from './rotation-plan.ts';

/** Takes a password that is in force and that Mortise does not know: proved by a login of its own, then kept. */
export class AdoptSecret implements Change<{ readonly login: string; readonly password: string }> {
  readonly #parts: RotationParts;

  constructor(parts: RotationParts) {
    this.#parts = parts;
  }

  async plan(input: { readonly login: string; readonly password: string }): Promise<Result<Draft>> {
    const { store, database, journal, clock } = this.#parts;
    const { login } = input;
    const secret = new Secret(input.password);
    if (rotatedLogin(this.#parts, login) === undefined)
      return failed(failure('login-not-rotatable', { login, cause: 'the profile does not name it' }));
    const open = await openRotation(journal);
    if (!open.ok) return open;
    // Somebody set another password in the middle of it: taking that one in ends it, and the copies follow afterwards.
    const ends = open.value?.login === login;
    const stored = await store.read(login);
    if (!stored.ok) return stored;
    if (stored.value?.current?.equals(secret) === true && stored.value.pending === null)
      return failed(failure('already-so', { what: `this is the password that is kept for ${login}` }));
    // A wrong one shows here, after one attempt, and before anything is planned on it.
    const works = await database.tryLogin({ login, secret });
    if (!works.ok) return works;
    const title = `Keep the password of ${login}`;
    return succeed({
      body: {
        title,
        summary: `Keeps the password that ${login} logs in with now, so that Mortise can rotate it. Nothing else is changed.`,
        steps: [{ id: 'keep', title, changes: [secretChange(this.#parts, login, 'set as the current one')] }],
        affected: [],
        warnings: ends
          ? [
              `The rotation of ${login} that is not finished ends with this. Bring every copy into line afterwards: its services may still be stopped.`,
            ]
          : [],
        takeBack: { possible: true, how: 'The password that was kept before stays as the former one.' },
        consent: null,
      },
      rests: JSON.stringify({ login, ends }),
      apply: async (run) => {
        run.mark('keep', 'running');
        const before = await store.read(login);
        if (!before.ok) return before;
        const former = before.value?.current ?? null;
        const previous = former === null || former.equals(secret) ? (before.value?.previous ?? null) : former;
        const kept = await store.write(login, { version: 1, current: secret, pending: null, previous });
        if (!kept.ok) return kept;
        if (ends) {
          const ended = await endOpen(this.#parts);
          if (!ended.ok) return ended;
        }
        run.mark('keep', 'done');
        const claim = verified(
          `${login} logs in with the password that is kept`,
          `A fresh login by Mortise, session ${works.value.sessionId}`,
          clock,
        );
        return succeed(
          outcomeOf(
            `The password of ${login} is kept`,
            ends
              ? `The rotation has ended. Bring every copy of ${login} into line now.`
              : `Mortise can rotate ${login} now.`,
            [claim],
            clock,
          ),
        );
      },
    });
  }
}

/** The open rotation is over: what it was about to set is in force nowhere. */
async function endOpen({ journal, clock }: RotationParts): Promise<Result<undefined>> {
  const open = await journal.resume();
  if (!open.ok) return open;
  if (open.value === undefined) return succeed();
  try {
    return await open.value.end({ kind: 'ended', at: clock.now().toISOString(), end: 'superseded' });
  } finally {
    await open.value.close();
  }
}
