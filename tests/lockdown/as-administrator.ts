import { join } from 'node:path';
import { Secret } from '#shared/secret.ts';
import { connect } from '#electron/database/connect.ts';
import { siteAdmin } from '#electron/training/practice-logins.ts';
import { startTrainingSite } from '#electron/training/start-training-site.ts';
import { valueOf } from './open-mortise.ts';

/** Runs a batch as the administrator of the training site of a state folder. */
export async function asAdministrator(stateFolder: string, ...batches: readonly string[]): Promise<void> {
  const site = valueOf(await startTrainingSite({ folder: join(stateFolder, 'training') }));
  const { host, port, ca } = site.facts;
  const pool = valueOf(
    await connect(
      { host, transport: { kind: 'tcp', port }, trust: { kind: 'ca', certificate: ca }, database: 'Acs' },
      { login: siteAdmin.login, secret: new Secret(siteAdmin.password) },
      { most: 1 },
    ),
  );
  for (const batch of batches) await pool.request().batch(batch);
  await pool.close();
  await site.close();
}

/** Ends every session of a login, as an administrator does before dropping it. */
export const endSessionsOf = (login: string) =>
  `DECLARE @kill nvarchar(max) = N''; SELECT @kill = @kill + N'KILL ' + CONVERT(nvarchar(10), s.session_id) + N';' FROM sys.dm_exec_sessions AS s WHERE s.login_name = N'${login}'; EXEC (@kill);`;
