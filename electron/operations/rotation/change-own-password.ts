import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import { Secret } from '#shared/secret.ts';
import { statementText } from '#electron/database/catalogue.ts';
import { quoteIdentifier } from '#electron/database/quoting.ts';
import { judgePassword } from '#electron/secrets/password-policy.ts';
import type { Change, Draft } from '../change.ts';
import { outcomeOf, verified } from '../outcome.ts';
import { rotatedLogin } from './rotation-parts.ts';
import type { RotationParts } from './rotation-parts.ts';

interface OwnPassword {
  readonly login: string;
  readonly from: string;
  readonly to: string;
}

/** A person changes the password of a login of their own, by that login itself. Neither password is kept anywhere. */
export class ChangeOwnPassword implements Change<OwnPassword> {
  readonly #parts: RotationParts;

  constructor(parts: RotationParts) {
    this.#parts = parts;
  }

  async plan(input: OwnPassword): Promise<Result<Draft>> {
    const { database, clock } = this.#parts;
    const { login } = input;
    const [from, to] = [new Secret(input.from), new Secret(input.to)];
    if (rotatedLogin(this.#parts, login) !== undefined)
      return failed(
        failure('not-allowed', {
          why: `${login} belongs to the site: rotate it instead, so that every copy of its password follows.`,
        }),
      );
    const faults = judgePassword(to, login);
    if (faults.length > 0) return failed(failure('password-too-weak', { login, faults: faults.join(' ') }));
    if (from.equals(to)) return failed(failure('already-so', { what: 'both passwords are the same' }));
    // One attempt: a mistyped one shows here, before anything is changed.
    const works = await database.tryLogin({ login, secret: from });
    if (!works.ok) return works;
    const title = `Change the password of ${login}`;
    const hidden = `N'${String(to)}'`;
    const text = statementText(
      'change-own-password',
      new Map([
        ['Login', quoteIdentifier(login)],
        ['NewPassword', hidden],
        ['OldPassword', hidden],
      ]),
    ).trimEnd();
    return succeed({
      body: {
        title,
        summary: `Changes the password of ${login} on the server, by the login itself. Mortise keeps neither of the two.`,
        steps: [{ id: 'change', title, changes: [{ kind: 'tsql', where: 'master', as: login, text }] }],
        affected: [{ who: `Whoever else logs in as ${login}`, how: 'Is refused until they have the new password.' }],
        warnings: [],
        takeBack: { possible: true, how: 'Change it again; the server may refuse a former password.' },
        consent: null,
      },
      rests: JSON.stringify({ login }),
      apply: async (run) => {
        run.mark('change', 'running');
        const changed = await database.changeOwnPassword(login, from, to);
        // A lost answer is settled by the login below.
        if (!changed.ok && changed.error.code !== 'connection-lost') return changed;
        const proof = await database.tryLogin({ login, secret: to });
        if (!proof.ok) return changed.ok ? proof : changed;
        run.mark('change', 'done');
        return succeed(
          outcomeOf(
            `The password of ${login} was changed`,
            `${login} logs in with the new password.`,
            [
              verified(
                `${login} logs in with the new password`,
                `A fresh login, session ${proof.value.sessionId}`,
                clock,
              ),
            ],
            clock,
          ),
        );
      },
    });
  }
}
