import { succeed } from '#shared/result.ts';
import { SqlServerDatabase } from '#electron/database/sql-server-database.ts';
import { switchesOf } from '#tests/unit/guard/guarded-site.ts';
import type { GuardedSite } from '#tests/unit/guard/guarded-site.ts';
import { valueOf } from '#tests/unit/shared/result-of.ts';
import { DriverAsker } from './driver-asker.ts';
import type { SiteOnServer } from './site-on-server.ts';

export interface WiredGuard {
  readonly site: GuardedSite;
  close(): Promise<void>;
}

export const databaseOf = ({ profile, credential }: SiteOnServer): SqlServerDatabase =>
  new SqlServerDatabase(profile, async () => await Promise.resolve(succeed([credential(profile.runLogin)])));

/** Prepares the site as Mortise does and opens its clients; commissioning mode is on. */
export async function guardOverTheWire(server: SiteOnServer): Promise<WiredGuard> {
  const { profile, credential } = server;
  const open: DriverAsker[] = [];
  const client = async (login: string) => {
    const made = await DriverAsker.open(profile.endpoint, credential(login));
    open.push(made);
    return made;
  };
  const admin = await client('site_admin');
  // Doors refer to controllers; without them only the truncate stop stands between TRUNCATE and the table.
  await admin.must('DROP TABLE dbo.Doors;');
  const database = databaseOf(server);
  valueOf(await database.prepare(credential('site_admin'), 'test'));
  await database.close();
  const service = await client('acs_service');
  const run = await client('mortise_run');
  return {
    site: { admin, service, run, connect: client, switchTo: switchesOf(run) },
    close: async () => {
      for (const each of open) await each.close();
    },
  };
}
