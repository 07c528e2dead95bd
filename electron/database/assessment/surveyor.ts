import type { Result } from '#shared/result.ts';
import type { ServerAddress } from '#shared/site-profile.ts';
import type { Credential } from '../site-database.ts';
import type { DiscoveredServer } from './discovered.ts';
import type { Survey } from './survey.ts';

/** What Mortise asks a server on a first visit. Reads only: none of its statements changes anything. */
export interface Surveyor {
  /**
   * Reads everything on one connection of this principal; exactly one login attempt, a second one only where the server
   * took the password and refused the database. Fails only where nobody could log in; a part that cannot be read
   * fails by itself. `asleepBefore`: controllers last heard of earlier are asleep.
   */
  survey(as: Credential, asleepBefore: Date): Promise<Result<Survey>>;
  /** What can be seen of any server, to make a profile of it; of the database too where one is named. */
  discover(address: ServerAddress, as: Credential, database: string | null): Promise<Result<DiscoveredServer>>;
}
