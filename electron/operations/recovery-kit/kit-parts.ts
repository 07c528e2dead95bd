import type { SiteDatabase } from '#electron/database/site-database.ts';
import type { StepJournal } from '#electron/journal/step-journal.ts';
import type { RotationRecord } from '../rotation/rotation-journal.ts';
import type { SecretStore } from '#electron/secrets/secret-store.ts';
import type { Actor } from '#electron/machine/actor.ts';
import type { Clock } from '#electron/machine/clock.ts';
import type { DocumentSaver, FileChooser } from '#electron/machine/consent.ts';
import type { SiteProfile } from '#shared/site-profile.ts';

/** What recovery kits are made of and go into. */
export interface KitParts {
  readonly profile: SiteProfile;
  readonly store: SecretStore;
  readonly actor: Actor;
  readonly clock: Clock;
  readonly saver: DocumentSaver;
  readonly chooser: FileChooser;
  /** To find out which password is in force before one takes the place of another. */
  readonly database: Pick<SiteDatabase, 'tryLogin'>;
  readonly rotationJournal: Pick<StepJournal<RotationRecord>, 'read'>;
  /** The binary logarithm of scrypt's cost; age's own unless a test is in a hurry. */
  readonly kitWorkFactor?: number | undefined;
}
