import type { Assessment } from '#shared/assessment.ts';
import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import { Secret } from '#shared/secret.ts';
import type { SiteProfile } from '#shared/site-profile.ts';
import type { Consumer } from '#electron/consumers/consumer.ts';
import type { Surveyor } from '#electron/database/assessment/surveyor.ts';
import { assessmentHtml, assessmentJson } from '#electron/documents/assessment-html.ts';
import type { SiteNetwork } from '#electron/site/site-network.ts';
import type { Clock } from '#electron/machine/clock.ts';
import type { DocumentSaver } from '#electron/machine/consent.ts';
import { currentCredential } from '#electron/secrets/run-credentials.ts';
import type { SecretStore } from '#electron/secrets/secret-store.ts';
import { assess, assessUnreachable } from '#electron/site/assessment/assessment.ts';
import type { ConsumerReading } from '#electron/site/assessment/ground.ts';
import { asleepBefore } from '#electron/site/status-view.ts';
import type { SetupInput } from './setup.ts';

export interface AssessmentParts {
  readonly profile: SiteProfile;
  readonly surveyor: Surveyor;
  readonly store: SecretStore;
  readonly consumers: readonly Consumer[];
  readonly network: Pick<SiteNetwork, 'firewall'>;
  readonly clock: Clock;
  readonly saver: DocumentSaver;
}

/** The first visit: reads the site and reports, changes nothing, and keeps the last report to be saved. */
export class AssessSite {
  readonly #parts: AssessmentParts;
  #last: Assessment | undefined;

  constructor(parts: AssessmentParts) {
    this.#parts = parts;
  }

  /**
   * As the setup login where one is given, else as the run login. A server that cannot be reached, and a login that is
   * refused, are a report too: one that says so.
   */
  async run(setup: SetupInput): Promise<Result<Assessment>> {
    const { profile, surveyor, store, network, clock } = this.#parts;
    const credential =
      setup === null
        ? await currentCredential(store, profile.runLogin)
        : succeed({ login: setup.login, secret: new Secret(setup.password) });
    const as = setup?.login ?? profile.runLogin;
    const survey = credential.ok
      ? await surveyor.survey(credential.value, asleepBefore(profile, clock.now()))
      : credential;
    this.#last = survey.ok
      ? assess({
          profile,
          as,
          survey: survey.value,
          consumers: await this.#readConsumers(),
          firewall: await network.firewall.read(),
          now: clock.now(),
        })
      : assessUnreachable(profile, as, survey.error, clock.now());
    return succeed(this.#last);
  }

  /** Saves the report that was made last; null when the person cancelled. */
  async save(format: 'html' | 'json'): Promise<Result<{ path: string | null }>> {
    const last = this.#last;
    if (last === undefined)
      return failed(failure('not-allowed', { why: 'No assessment was made yet: run one first.' }));
    const content = format === 'html' ? assessmentHtml(last) : assessmentJson(last);
    const name = last.site.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
    const suggestedName = `assessment-${name}-${last.takenAt.slice(0, 10)}.${format}`;
    const saved = await this.#parts.saver.save({ suggestedName, content });
    return saved.ok ? succeed({ path: saved.value }) : saved;
  }

  /** Whether each copy of a password can be read; the password itself is forgotten at once. */
  async #readConsumers(): Promise<readonly ConsumerReading[]> {
    const { profile, consumers } = this.#parts;
    return await Promise.all(
      consumers.map(async (consumer) => {
        const reading = await consumer.read();
        return {
          id: consumer.id,
          place: consumer.place,
          login: profile.consumers.find(({ id }) => id === consumer.id)?.login ?? '',
          failure: reading.ok ? undefined : reading.error,
        };
      }),
    );
  }
}
