import type { Result } from '#shared/result.ts';
import type { Change, Draft } from '../change.ts';
import type { SetupInput, SetupPrincipal } from '../setup.ts';
import { RotateLogin } from './rotate-login.ts';
import type { RotationParts } from './rotation-parts.ts';

/**
 * A rotation in which an administrator sets the password: for a login that is locked out, whose password has expired, or
 * whose password nobody knows any more. Everything else is as in any rotation, and an interrupted one is carried on.
 */
export class ResetLogin implements Change<{ readonly login: string; readonly setup: SetupInput }> {
  readonly #parts: RotationParts;
  readonly #setup: SetupPrincipal;

  constructor(parts: RotationParts, setup: SetupPrincipal) {
    this.#parts = parts;
    this.#setup = setup;
  }

  async plan({ login, setup }: { readonly login: string; readonly setup: SetupInput }): Promise<Result<Draft>> {
    const administrator = this.#setup(setup);
    if (!administrator.ok) return administrator;
    // A mistyped one shows here, and not when the services are stopped already.
    const works = await this.#parts.database.tryLogin(administrator.value);
    if (!works.ok) return works;
    return await new RotateLogin({ ...this.#parts, administrator: administrator.value }, 'generated').plan({ login });
  }
}
