import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Result } from '#shared/result.ts';
import { Secret } from '#shared/secret.ts';
import type { SiteProfile } from '#shared/site-profile.ts';
import { SqlServerSurveyor } from '#electron/database/assessment/sql-server-surveyor.ts';
import type { Survey } from '#electron/database/assessment/survey.ts';
import { connect } from '#electron/database/connect.ts';
import { assess } from '#electron/site/assessment/assessment.ts';
import { trainingProfile } from '#electron/site/training-profile.ts';
import { practiceLogins } from '#electron/training/practice-logins.ts';
import { startTrainingSite } from '#electron/training/start-training-site.ts';
import { soundGround } from './sample-survey.ts';

/** A training site of a test's own, read over its socket by the driver, with nothing of Mortise around it. */
export interface SurveyedSite {
  readonly profile: SiteProfile;
  /** Runs batches as the administrator, each on its own. */
  run(...batches: readonly string[]): Promise<void>;
  survey(login?: string, profile?: SiteProfile): Promise<Survey>;
  /** The findings as `id: severity`. */
  findings(login?: string, profile?: SiteProfile): Promise<ReadonlyMap<string, string>>;
  image(): Promise<string>;
  close(): Promise<void>;
}

export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.sentence}`);
  return result.value;
}

export const strangerPassword = 'Look-Around-2026';

export const credentialOf = (login: string) => ({
  login,
  secret: new Secret(practiceLogins.find((each) => each.login === login)?.password ?? strangerPassword),
});

export async function openSurveyedSite(): Promise<SurveyedSite> {
  const folder = await mkdtemp(join(tmpdir(), 'mortise-assessment-'));
  const site = valueOf(await startTrainingSite({ folder, graceMilliseconds: 0 }));
  const { host, port, ca, configPath, processId } = site.facts;
  const profile = trainingProfile({ host, port, ca, serviceConfigPath: configPath });
  const survey = async (login = 'mortise_run', described = profile) =>
    valueOf(await new SqlServerSurveyor(described).survey(credentialOf(login), new Date(Date.now() - 150_000)));
  return {
    profile,
    survey,
    run: async (...batches) => {
      const pool = valueOf(await connect(profile.endpoint, credentialOf('site_admin'), { most: 1 }));
      try {
        for (const batch of batches) await pool.request().batch(batch);
      } finally {
        await pool.close();
      }
    },
    findings: async (login, described = profile) => {
      const { findings } = assess({
        ...soundGround,
        profile: described,
        as: login ?? 'mortise_run',
        survey: await survey(login, described),
      });
      return new Map(findings.map(({ id, severity }) => [id, severity]));
    },
    image: async () => valueOf(await site.image()),
    close: async () => {
      await site.close();
      process.kill(processId, 'SIGTERM');
      await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };
}
