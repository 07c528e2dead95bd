import type { Result } from '#shared/result.ts';
import type { Secret } from '#shared/secret.ts';
import type { Credential } from '../site-database.ts';
import type { RunRights } from './run-rights.ts';

/** What the setup principal sees of Mortise's own login, and may do about it. */
export interface RunLoginFacts {
  readonly server: string;
  /** The rights that the setup principal lacks for this; empty where it has them all. */
  readonly setupLacks: readonly string[];
  /** The server takes Windows accounts alone. */
  readonly windowsOnly: boolean;
  readonly login:
    | {
        /** S: of SQL Server's own; others are Windows', of certificates and of keys. */
        readonly type: string;
        readonly disabled: boolean;
        readonly locked: boolean;
        readonly sysadmin: boolean;
        readonly passwordSetAt: Date | null;
      }
    | undefined;
  /** `orphaned`: there is one of this name that belongs to no login or to another one. */
  readonly user: 'none' | 'its-own' | 'orphaned';
  /** The user as which the login enters the database, where it has another name. */
  readonly otherUser: string | undefined;
  /** What was granted to it by name. */
  readonly granted: RunRights;
}

/** What a run of the statements is made of. */
export interface RunLoginSteps {
  readonly password: 'created' | 'reset' | 'kept';
  readonly enable: boolean;
  readonly user: 'create' | 'join' | 'kept';
  /** Statements of rights, by the place in which they run. */
  readonly inMaster: readonly string[];
  readonly inDatabase: readonly string[];
}

/** Creates Mortise's own login, as the setup principal. */
export interface RunLoginSetup {
  look(setup: Credential): Promise<Result<RunLoginFacts>>;
  /** The exact text; the password stands as `[secret]`, or as it is for `carryOut` alone. */
  text(steps: RunLoginSteps): string;
  /** One batch, all or nothing. `connection-lost`: look whether it took effect. */
  carryOut(setup: Credential, steps: RunLoginSteps, password: Secret): Promise<Result<undefined>>;
  /** One login attempt as the run login, at the front desk of the server, whatever database it may enter. */
  tryLogin(secret: Secret): Promise<Result<undefined>>;
  /** What the run login may do in the site's database, asked as itself. */
  rightsAs(secret: Secret): Promise<Result<RunRights>>;
}
