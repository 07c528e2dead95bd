import { failure } from '#shared/errors.ts';
import type { Outcome, PlanStep } from '#shared/plan.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { Secret } from '#shared/secret.ts';
import type { Consumer } from '#electron/consumers/consumer.ts';
import type { SecretRecord } from '#electron/secrets/secret-store.ts';
import type { Change, Draft } from '../change.ts';
import { outcomeOf, unproved } from '../outcome.ts';
import type { Run } from '../run.ts';
import { openRotation } from './rotation-journal.ts';
import { rotatedLogin, withDependants } from './rotation-parts.ts';
import type { RotatedLogin, RotationParts } from './rotation-parts.ts';
import { consumerChanges, secretChange, serviceChanges } from './rotation-plan.ts';
import { RotateLogin } from './rotate-login.ts';
import { proveLogin, startServices, stopServices } from './rotation-steps.ts';
import { loggedInNow, nothingWorks, surveySecrets } from './secret-survey.ts';
import type { SecretSurvey } from './secret-survey.ts';

/** What has to be done so that every copy is the password that works. */
interface Repair {
  readonly secret: Secret;
  /** The record as it has to be; undefined where it is so already. */
  readonly record: SecretRecord | undefined;
  readonly consumers: readonly Consumer[];
  /** Whether the services have to be started again. */
  readonly restart: boolean;
}

/**
 * Finds out which password works and brings it to the store, to every consumer and to the services. The server is not
 * changed, so every step can be done again, and what a power cut leaves is found by the next one. An open rotation is
 * carried on in the direction it has.
 */
export class ReconcileLogin implements Change<{ readonly login: string }> {
  readonly #parts: RotationParts;

  constructor(parts: RotationParts) {
    this.#parts = parts;
  }

  async plan({ login }: { readonly login: string }): Promise<Result<Draft>> {
    const named = rotatedLogin(this.#parts, login);
    if (named === undefined)
      return failed(failure('login-not-rotatable', { login, cause: 'the profile does not name it' }));
    const open = await openRotation(this.#parts.journal);
    if (!open.ok) return open;
    const state = open.value;
    if (state?.login === login) {
      const to = state.direction === 'back' ? (state.to === 'generated' ? 'previous' : 'generated') : state.to;
      return await new RotateLogin(this.#parts, to).plan({ login });
    }
    const whole = await withDependants(this.#parts, named);
    if (!whole.ok) return whole;
    const target = whole.value;
    const survey = await surveySecrets(this.#parts, target);
    if (!survey.ok) return survey;
    const repair = await this.#repairOf(target, survey.value);
    if (!repair.ok) return repair;
    const steps = await this.#steps(target, repair.value);
    if (!steps.ok) return steps;
    return succeed({
      body: {
        title: `Bring every copy of ${login} into line`,
        summary: `The password that logs in as ${login} now is brought to ${places(repair.value)}. The server is not changed.`,
        steps: steps.value,
        affected: repair.value.restart
          ? [{ who: target.services.join(', '), how: 'Stopped and started again, usually for some seconds.' }]
          : [],
        warnings: [],
        takeBack: { possible: false, why: 'What it replaces does not log in.' },
        consent: null,
      },
      rests: JSON.stringify({ login, steps: steps.value.map(({ id }) => id) }),
      apply: async (run) => await this.#apply(target, repair.value, run),
    });
  }

  async #repairOf(target: RotatedLogin, survey: SecretSurvey): Promise<Result<Repair>> {
    const { login, services } = target;
    const { works, record, consumers } = survey;
    if (works.state === 'unknown') return failed(works.cause);
    if (works.value === undefined) return nothingWorks(login);
    const { secret } = works.value;
    const unread = consumers.find(({ held }) => held.state === 'unknown');
    if (unread?.held.state === 'unknown') return failed(unread.held.cause);
    const differing = consumers.filter(
      ({ held }) => held.state === 'known' && held.value !== null && !held.value.equals(secret),
    );
    let restart = differing.length > 0 && services.length > 0;
    for (const name of services) {
      const { loggedIn } = await loggedInNow(this.#parts, login, name);
      if (loggedIn.state === 'unknown') return failed(loggedIn.cause);
      restart ||= !loggedIn.value;
    }
    const settled = record?.current?.equals(secret) === true && record.pending === null;
    const former = [record?.current, record?.previous].find((each) => each != null && !each.equals(secret)) ?? null;
    if (settled && !restart && differing.length === 0)
      return failed(failure('already-so', { what: `every copy of ${login}'s password is the one that works` }));
    return succeed({
      secret,
      record: settled ? undefined : { version: 1, current: secret, pending: null, previous: former },
      consumers: differing.map(({ consumer }) => consumer),
      restart,
    });
  }

  async #steps(target: RotatedLogin, { record, consumers, restart }: Repair): Promise<Result<PlanStep[]>> {
    const files = await consumerChanges(consumers);
    if (!files.ok) return files;
    return succeed([
      ...(record === undefined
        ? []
        : [
            {
              id: 'store',
              title: 'Keep the password that works as the current one',
              changes: [secretChange(this.#parts, target.login, 'set as the current one')],
            },
          ]),
      ...(restart ? [{ id: 'stop', title: 'Stop the services', changes: serviceChanges('stop', target) }] : []),
      ...(files.value.length === 0 ? [] : [{ id: 'deploy', title: 'Write it where it differs', changes: files.value }]),
      ...(restart
        ? [{ id: 'start', title: 'Start the services again', changes: serviceChanges('start', target) }]
        : []),
      { id: 'prove', title: 'Prove it: a fresh login, and the service’s own', changes: [] },
    ]);
  }

  async #apply(target: RotatedLogin, repair: Repair, run: Run): Promise<Result<Outcome>> {
    const { store, clock } = this.#parts;
    const { login } = target;
    const { record, secret, consumers, restart } = repair;
    const step = async <T>(id: string, act: () => Promise<Result<T>>): Promise<Result<T>> => {
      run.mark(id, 'running');
      const done = await act();
      run.mark(id, done.ok ? 'done' : 'failed', null, done.ok ? undefined : done.error);
      return done;
    };
    if (record !== undefined) {
      const kept = await step('store', async () => await store.write(login, record));
      if (!kept.ok) return kept;
    }
    if (restart) {
      const stopped = await step('stop', async () => await stopServices(this.#parts, target));
      if (!stopped.ok) return stopped;
    }
    if (consumers.length > 0) {
      const written = await step('deploy', async () => await writeAll(consumers, secret));
      if (!written.ok) return written;
    }
    if (restart) {
      const started = await step('start', async () => await startServices(this.#parts, target));
      if (!started.ok) return started;
    }
    const unreadable: string[] = [];
    for (const consumer of target.consumers) {
      const reading = await consumer.read();
      if (reading.ok && reading.value.secret === null) unreadable.push(consumer.place);
    }
    const proof = await step('prove', async () => await proveLogin(this.#parts, target, secret, 'working'));
    if (!proof.ok) return proof;
    return succeed(
      outcomeOf(
        `Every copy of ${login} is in line`,
        `The password that works is kept and stands in every copy${unreadable.length === 0 ? '' : ' that can be read back'}${target.services.length === 0 ? '' : ', and its services logged in with it'}.`,
        [
          ...proof.value,
          ...unreadable.map((place) =>
            unproved(`${place} holds it`, 'Nobody can read it back there, and it was not written', clock),
          ),
        ],
        clock,
      ),
    );
  }
}

async function writeAll(consumers: readonly Consumer[], secret: Secret): Promise<Result<undefined>> {
  for (const consumer of consumers) {
    const reading = await consumer.read();
    if (!reading.ok) return reading;
    const written = await consumer.write(secret, reading.value.revision);
    if (!written.ok) return written;
  }
  return succeed();
}

function places({ record, consumers, restart }: Repair): string {
  const all = [
    ...(record === undefined ? [] : ['the store']),
    ...consumers.map(({ place }) => place),
    ...(restart ? ['the services'] : []),
  ];
  return all.join(', ');
}
