import type { Result } from '#shared/result.ts';
import type { ListenerSurvey } from '#shared/secure-mode.ts';
import type { SiteDatabase } from '#electron/database/site-database.ts';
import type { SiteStatus } from '#electron/database/site-status.ts';
import type { Firewall, OutsideProbe } from '#electron/firewall/firewall.ts';
import type { Clock } from '#electron/machine/clock.ts';
import type { KeptValue } from '#electron/machine/kept-json.ts';
import type { MeantBlock } from '#electron/site/secure-mode/meant-block.ts';

/** What switching secure mode stands on. */
export interface SecureModeParts {
  readonly firewall: Firewall;
  readonly probe: OutsideProbe;
  readonly status: () => Promise<Result<SiteStatus>>;
  /** What listens, for a status that was just read. */
  readonly survey: (status: SiteStatus) => Promise<ListenerSurvey>;
  readonly database: Pick<SiteDatabase, 'openSessions' | 'endSession'>;
  readonly meant: KeptValue<MeantBlock>;
  readonly serviceLogins: readonly string[];
  readonly account: string;
  readonly clock: Clock;
}
