import type { Result } from '#shared/result.ts';
import type { Secret } from '#shared/secret.ts';
import type { RunRights } from './run-login/run-rights.ts';
import type { SiteStatus } from './site-status.ts';

/** A login and its password, for one connection. */
export interface Credential {
  readonly login: string;
  readonly secret: Secret;
}

export interface LoginFacts {
  readonly name: string;
  readonly disabled: boolean;
  readonly locked: boolean;
  readonly mustChange: boolean;
  readonly expired: boolean;
  readonly policyChecked: boolean;
  readonly badPasswords: number | null;
  readonly passwordSetAt: Date | null;
}

export interface LoginSession {
  readonly sessionId: number;
  readonly program: string;
  readonly host: string;
  readonly processId: number | null;
  readonly address: string;
  readonly connectedAt: Date;
}

/** One session of any program, with what tells whether it is still the same. */
export interface OpenSession {
  readonly sessionId: number;
  /** Never given to another connection, unlike the session's number. */
  readonly connectionId: string;
  readonly login: string;
  readonly program: string;
  readonly host: string;
  readonly address: string;
  readonly localAddress: string;
  readonly transport: string;
}

/** What on the server itself keeps a password of a login, out of Mortise's reach. */
export interface LoginHolder {
  readonly kind: 'linked server' | 'credential';
  readonly name: string;
}

/** A login that the server refused, from its error log. */
export interface RefusedLogin {
  /** By the server's own clock, as it stands in the log: local time without a zone. */
  readonly at: Date;
  /** Where it came from, as the log has it. */
  readonly client: string;
}

export interface SwitchRequest {
  readonly actor: string;
  readonly reason: string;
  /** The version of the state that the decision rests on; another one is refused by the database. */
  readonly expectedVersion: Uint8Array;
  /** A digest of what else acts on the controller table, accepted with the decision; left out, nothing is said of it. */
  readonly otherTriggers?: Uint8Array;
}

/** A server as the lock is bound to it. */
export interface ServerIdentity {
  readonly name: string;
  readonly recoveryFork: string | null;
}

/** What switching can send, by the statement's name in the catalogue. */
export type Switching = 'commissioning-off' | 'commissioning-on' | 'rehearse' | 'renew-register' | 'adopt-server';

/** What Mortise asks and tells a site's SQL Server. Every answer that can be expected to fail is a Result. */
export interface SiteDatabase {
  /** One round trip. `asleepBefore`: controllers last heard of earlier are asleep. */
  status(asleepBefore: Date): Promise<Result<SiteStatus>>;
  /** What the run login may do; answered also where the status is not, because a right is missing. */
  rights(): Promise<Result<RunRights>>;
  /** The exact batches that `prepare` runs. */
  preparation(): readonly { readonly id: string; readonly text: string }[];
  /** The exact batch that `remove` runs. */
  removal(): string;
  /** All batches in one transaction, as the setup principal. */
  prepare(setup: Credential, actor: string): Promise<Result<undefined>>;
  remove(setup: Credential): Promise<Result<undefined>>;
  /** The exact text that switching sends, under the values of the parameters that are decided by then. */
  switching(what: Switching, values: Readonly<Record<string, string | null>>): string;
  commissioningOff(
    request: SwitchRequest & { readonly server: ServerIdentity },
  ): Promise<Result<{ readonly controllers: number }>>;
  commissioningOn(
    request: SwitchRequest & { readonly openUntil: Date | null },
  ): Promise<Result<{ readonly controllers: number }>>;
  /** Locks; the server's clock opens again after so many minutes. */
  rehearse(request: SwitchRequest & { readonly minutes: number }): Promise<Result<{ readonly controllers: number }>>;
  renewRegister(request: SwitchRequest): Promise<Result<{ readonly controllers: number }>>;
  adoptServer(
    request: SwitchRequest & { readonly server: ServerIdentity },
  ): Promise<Result<{ readonly controllers: number }>>;
  /** The exact batches that take the guard down and put it up again. */
  guardDown(): string;
  guardUp(): readonly { readonly id: string; readonly text: string }[];
  takeGuardDown(
    setup: Credential,
    why: { readonly actor: string; readonly reason: string },
  ): Promise<Result<undefined>>;
  putGuardUp(setup: Credential, why: { readonly actor: string; readonly reason: string }): Promise<Result<undefined>>;
  /** `undefined` when there is no such SQL login, or none that the run login may see. */
  loginFacts(login: string): Promise<Result<LoginFacts | undefined>>;
  sessionsOf(login: string): Promise<Result<readonly LoginSession[]>>;
  /** Every session but the one that asks. */
  openSessions(): Promise<Result<readonly OpenSession[]>>;
  /** Ends it if it is still that connection's; one that is gone is no failure. `no-right` without ALTER ANY CONNECTION. */
  endSession(session: Pick<OpenSession, 'sessionId' | 'connectionId'>): Promise<Result<undefined>>;
  holdersOf(login: string): Promise<Result<readonly LoginHolder[]>>;
  /** Those that the present error log tells of; `no-right` or another failure where it may not be read. */
  refusedLogins(login: string): Promise<Result<readonly RefusedLogin[]>>;
  /** One fresh connection, one login attempt; never retried, since attempts are counted. */
  tryLogin(credential: Credential): Promise<Result<{ readonly sessionId: number }>>;
  /** As the login itself, with the password it has; one attempt. */
  changeOwnPassword(login: string, from: Secret, to: Secret): Promise<Result<undefined>>;
  /** As an administrator, without the former password; also ends a lock-out. */
  setPassword(administrator: Credential, login: string, to: Secret): Promise<Result<undefined>>;
  /** A person says that what was refused may be let in now: the run login's password is tried once more. */
  tryAgain(): void;
  close(): Promise<void>;
}
