import type { SiteProfile } from '#shared/site-profile.ts';
import type { Credential } from '#electron/database/site-database.ts';

/** A site of its own on some server: with its table, its logins and their rights, not prepared yet. */
export interface SiteOnServer {
  readonly profile: SiteProfile;
  /** Of `site_admin` (sysadmin), `mortise_run` or `acs_service`. */
  readonly credential: (login: string) => Credential;
  /** Takes everything away that belongs to the test. */
  close(): Promise<void>;
}

export interface ServerUnderTest {
  /** As the tests are called: "the training server", "a real SQL Server". */
  readonly name: string;
  /** Undefined where the server is not there; the tests are then declared and left out. */
  readonly open: (() => Promise<SiteOnServer>) | undefined;
}
