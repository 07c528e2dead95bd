import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mssql from 'mssql';
import type { SiteProfile } from '#shared/site-profile.ts';
import { siteAdmin } from '#electron/training/practice-logins.ts';
import { startTrainingSite } from '#electron/training/start-training-site.ts';
import { trainingProfile } from '#electron/site/training-profile.ts';

/** Whether somebody said that the keychain of this account is there for tests. */
export const keychainIsThere = (process.env['MORTISE_TEST_KEYCHAIN'] ?? '') !== '';

/** Mortise's own login at the second server: one that the server does not know yet. */
export const ownLogin = 'mortise_site';

/**
 * A server that Mortise is told nothing about but what its profile says. It is a training server, started by itself and
 * reached like any other: over its socket, with its CA, by logins of its own.
 */
export interface SecondServer {
  readonly profile: SiteProfile;
  readonly profilePath: string;
  readonly folder: string;
  readonly admin: { readonly login: string; readonly password: string };
  /** What an independent client is answered: its rows, or the number of the error. */
  ask(text: string, as?: { readonly login: string; readonly password: string }): Promise<unknown[] | number>;
  stop(): Promise<void>;
}

export async function secondServer(): Promise<SecondServer> {
  const folder = await mkdtemp(join(tmpdir(), 'mortise-second-'));
  const started = await startTrainingSite({ folder: join(folder, 'server'), graceMilliseconds: 0 });
  if (!started.ok) throw new Error(started.error.sentence);
  const { host, port, ca, configPath } = started.value.facts;
  const profile: SiteProfile = {
    ...trainingProfile({ host, port, ca, serviceConfigPath: configPath }),
    name: 'Harbour office',
    runLogin: ownLogin,
  };
  const profilePath = join(folder, 'harbour.json');
  await writeFile(profilePath, JSON.stringify(profile, null, 2), { mode: 0o600 });
  const admin = { login: siteAdmin.login, password: siteAdmin.password };
  return {
    profile,
    profilePath,
    folder,
    admin,
    ask: async (text, as = admin) => {
      const pool = new mssql.ConnectionPool({
        server: host,
        port,
        database: profile.endpoint.database,
        user: as.login,
        password: as.password,
        pool: { max: 1 },
        options: { encrypt: true, cryptoCredentialsDetails: { ca }, appName: 'Somebody else' },
      });
      try {
        await pool.connect();
        return (await pool.request().batch<unknown>(text)).recordset ?? [];
      } catch (error) {
        return (error as { readonly number?: number }).number ?? 0;
      } finally {
        await pool.close();
      }
    },
    stop: async () => {
      await started.value.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };
}
