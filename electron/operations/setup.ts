import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import { Secret } from '#shared/secret.ts';
import type { Credential } from '#electron/database/site-database.ts';

/** The setup principal as a person typed it; null where the site lends its administrator. */
export type SetupInput = { readonly login: string; readonly password: string } | null;

/** Finds the setup principal for one operation. The training site lends its own; a real site never does. */
export type SetupPrincipal = (input: SetupInput) => Result<Credential>;

export function setupPrincipal(lent: Credential | undefined): SetupPrincipal {
  return (input) => {
    if (input !== null) return succeed({ login: input.login, secret: new Secret(input.password) });
    if (lent !== undefined) return succeed(lent);
    return failed(failure('not-allowed', { why: 'This needs the login of an administrator of SQL Server.' }));
  };
}
