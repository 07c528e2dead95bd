import { failure } from '#shared/errors.ts';
import type { Claim, PlannedChange, PlanStep } from '#shared/plan.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import { Secret } from '#shared/secret.ts';
import type { LoginFacts } from '#electron/database/site-database.ts';
import { statementText } from '#electron/database/catalogue.ts';
import { quoteIdentifier } from '#electron/database/quoting.ts';
import type { SecretRecord } from '#electron/secrets/secret-store.ts';
import type { Change, Draft } from '../change.ts';
import { outcomeOf } from '../outcome.ts';
import type { Run } from '../run.ts';
import { rotationState } from './rotation-journal.ts';
import type { RotationBegun, RotationState } from './rotation-journal.ts';
import { rotatedLogin } from './rotation-parts.ts';
import type { RotatedLogin, RotationParts } from './rotation-parts.ts';
import { carryOut } from './rotation-procedure.ts';
import type { RotationEnd } from './rotation-procedure.ts';
import { proveLogin } from './rotation-steps.ts';

type FinishedRotation = RotationEnd & { readonly to: RotationBegun['to'] };

/** Rotates one login to a new password, or puts its former one back; an interrupted rotation is carried on by the same plan. */
export class RotateLogin implements Change<{ readonly login: string }> {
  readonly #parts: RotationParts;
  readonly #to: RotationBegun['to'];

  constructor(parts: RotationParts, to: RotationBegun['to']) {
    this.#parts = parts;
    this.#to = to;
  }

  async plan(input: { readonly login: string }): Promise<Result<Draft>> {
    const target = rotatedLogin(this.#parts, input.login);
    if (target === undefined)
      return failed(
        failure('login-not-rotatable', {
          login: input.login,
          cause: 'the profile names no consumer that holds its password',
        }),
      );
    const open = await this.#open();
    if (!open.ok) return open;
    if (open.value !== undefined && open.value.login !== target.login) {
      return failed(
        failure('login-not-rotatable', {
          login: input.login,
          cause: `the rotation of ${open.value.login} is not finished`,
        }),
      );
    }
    const facts = await this.#rotatable(target);
    if (!facts.ok) return facts;
    const stored = await this.#parts.store.read(target.login);
    if (!stored.ok) return stored;
    if (open.value === undefined) {
      for (const name of target.services) {
        const service = await this.#parts.services.inspect(name);
        if (service.state === 'unknown') return failed(service.cause);
      }
    }
    const nothingAdopted = this.#to === 'generated' && (stored.value?.current ?? null) === null;
    if (open.value === undefined || nothingAdopted) {
      const secret = await this.#verifiedSecret(target, stored.value);
      if (!secret.ok) return secret;
    }
    const journalLost = open.value === undefined && (stored.value?.pending ?? null) !== null;
    const steps = await this.#steps(target);
    if (!steps.ok) return steps;
    const back = this.#to === 'previous';
    const services = target.services.join(', ');
    return succeed({
      body: {
        title:
          open.value === undefined
            ? back
              ? `Put the former password of ${target.login} back`
              : `Rotate ${target.login}`
            : `Carry on with the rotation of ${target.login}`,
        summary: `${back ? 'Puts the former password back' : 'Replaces the password'} on the server, in ${target.consumers.length === 1 ? 'the file' : 'every file'} that holds it and in the store; then proves that the service logged in again.`,
        steps: steps.value,
        affected:
          target.services.length === 0
            ? []
            : [
                {
                  who: services,
                  how: 'Stopped and started again, usually for some seconds. Doors go on working from their controllers.',
                },
              ],
        warnings: [
          ...(facts.value.policyChecked && back
            ? ["The server's password history may refuse the former password; then the present one stays in force."]
            : []),
          ...(journalLost
            ? [
                'An earlier rotation was not finished, and its journal is missing. Which of its passwords works was found out by logging in.',
              ]
            : []),
        ],
        takeBack: back
          ? { possible: true, how: 'Rotate the login again.' }
          : { possible: true, how: 'The former password is kept and can be put back.' },
        consent: null,
      },
      rests: JSON.stringify({ passwordSetAt: facts.value.passwordSetAt, open: open.value !== undefined, to: this.#to }),
      apply: async (run) => {
        run.announce(steps.value);
        const finished = await this.#finishOpen(target, run);
        if (!finished.ok) return finished;
        const done =
          finished.value === undefined || !this.#isWhatWasAsked(finished.value)
            ? await this.#rotateAnew(target, run)
            : finished;
        if (!done.ok) return done;
        const summary = `${target.login} has ${back ? 'its former' : 'a new'} password everywhere, and its service logged in with it.`;
        return succeed(
          outcomeOf(
            `${target.login} was ${back ? 'put back' : 'rotated'}`,
            summary,
            done.value?.claims ?? [],
            this.#parts.clock,
          ),
        );
      },
    });
  }

  /** Proves anew that the stored password works and that every service is logged in with this login. */
  async proofOfLogin(login: string): Promise<Result<Claim[]>> {
    const target = rotatedLogin(this.#parts, login);
    const record = await this.#parts.store.read(login);
    if (!record.ok) return record;
    const current = record.value?.current ?? null;
    if (target === undefined || current === null) return failed(failure('secret-unknown', { login }));
    return await proveLogin(this.#parts, target, current);
  }

  /** How far a rotation of this login came that began at `since` or later; `no` where its former password is back. */
  async rotatedSince(login: string, since: string): Promise<Result<'no' | 'open' | 'committed'>> {
    const records = await this.#parts.journal.read();
    if (!records.ok) return records;
    const state = records.value && rotationState(records.value);
    const began = records.value?.[0]?.at ?? '';
    if (state?.login !== login || began < since) return succeed('no');
    if (state.ended === undefined) return succeed('open');
    // Putting the former password back is the later one: where it came to its end, nothing is left of the rotation.
    return succeed((state.to === 'generated') === (state.ended === 'committed') ? 'committed' : 'no');
  }

  async #open(): Promise<Result<RotationState | undefined>> {
    const records = await this.#parts.journal.read();
    if (!records.ok) return records;
    const state = records.value && rotationState(records.value);
    return succeed(state?.ended === undefined ? state : undefined);
  }

  /** Brings a rotation that was interrupted to its end; undefined when there is none. */
  async #finishOpen(target: RotatedLogin, run: Run): Promise<Result<FinishedRotation | undefined>> {
    const latest = await this.#parts.journal.resume();
    if (!latest.ok) return latest;
    const state = latest.value && rotationState(latest.value.records);
    if (latest.value === undefined || state === undefined || state.ended !== undefined) {
      await latest.value?.close();
      return succeed(undefined);
    }
    try {
      // The way back is asked for while the way forward stands open. From its last step on the store may have the new
      // password as the current one: it is finished, and the former one is put back after it.
      const open = state.direction === 'forward' && !state.began.has('commit');
      if (this.#to === 'previous' && state.to === 'generated' && open) {
        const turned = await latest.value.append({ kind: 'turned-back', at: this.#parts.clock.now().toISOString() });
        if (!turned.ok) return turned;
      }
      const done = await carryOut(this.#parts, target, latest.value, run);
      return done.ok ? succeed({ ...done.value, to: state.to }) : done;
    } finally {
      await latest.value.close();
    }
  }

  /** An interrupted rotation may have ended elsewhere than the person wants now: it had been on its way back, say. */
  #isWhatWasAsked({ to, end }: FinishedRotation): boolean {
    return this.#to === 'generated'
      ? to === 'generated' && end === 'committed'
      : (to === 'generated') === (end === 'restored');
  }

  async #rotateAnew(target: RotatedLogin, run: Run): Promise<Result<RotationEnd>> {
    const facts = await this.#rotatable(target);
    if (!facts.ok) return facts;
    const cleared = await this.#clearLeftOver(target);
    if (!cleared.ok) return cleared;
    const journal = await this.#parts.journal.begin({
      kind: 'begun',
      at: this.#parts.clock.now().toISOString(),
      login: target.login,
      to: this.#to,
      passwordSetAt: facts.value.passwordSetAt?.toISOString() ?? null,
    });
    if (!journal.ok) return journal;
    try {
      return await carryOut(this.#parts, target, journal.value, run);
    } finally {
      await journal.value.close();
    }
  }

  async #rotatable(target: RotatedLogin): Promise<Result<LoginFacts>> {
    const { login } = target;
    const facts = await this.#parts.database.loginFacts(login);
    if (!facts.ok) return facts;
    const because = (cause: string) => failed(failure('login-not-rotatable', { login, cause }));
    if (facts.value === undefined) return because('there is no such SQL login, or the run login may not see it');
    if (facts.value.disabled) return because('it is disabled');
    if (facts.value.locked) return because('it is locked out');
    if (facts.value.mustChange || facts.value.expired) return because('its password has expired');
    return succeed(facts.value);
  }

  /**
   * The password in use: kept by us, or found in every consumer alike; verified by one login. Where a rotation whose
   * journal is lost left a pending one, that one may be in force, and each consumer may hold either.
   */
  async #verifiedSecret({ login, consumers }: RotatedLogin, stored: SecretRecord | undefined): Promise<Result<Secret>> {
    const pending = stored?.pending ?? null;
    const former = stored?.previous ?? (pending === null ? null : stored?.current) ?? null;
    if (this.#to === 'previous' && former === null) {
      return failed(failure('already-so', { what: `no former password of ${login} is kept` }));
    }
    let secret = stored?.current ?? undefined;
    for (const consumer of consumers) {
      const reading = await consumer.read();
      if (!reading.ok) return reading;
      const held = reading.value.secret;
      if (held === null) continue;
      secret ??= held;
      if (!held.equals(secret) && pending?.equals(held) !== true)
        return failed(failure('consumer-differs', { consumer: consumer.place, login }));
    }
    if (secret === undefined) return failed(failure('secret-unknown', { login }));
    const works = await this.#parts.database.tryLogin({ login, secret });
    if (works.ok) return succeed(secret);
    if (works.error.code !== 'login-refused' || pending === null) return works;
    const pendingWorks = await this.#parts.database.tryLogin({ login, secret: pending });
    return pendingWorks.ok ? succeed(pending) : works;
  }

  /**
   * No journal speaks of a pending password that is in the store before a rotation begins: its journal was lost. The one
   * of the two that logs in becomes the current one, so that the next rotation stages one of its own.
   */
  async #clearLeftOver(target: RotatedLogin): Promise<Result<undefined>> {
    const stored = await this.#parts.store.read(target.login);
    if (!stored.ok) return stored;
    const { value: record } = stored;
    if (record === undefined || record.pending === null) return succeed();
    const works = await this.#verifiedSecret(target, record);
    if (!works.ok) return works;
    const { current, pending, previous } = record;
    return await this.#parts.store.write(target.login, {
      version: 1,
      ...(works.value.equals(pending)
        ? { current: pending, pending: null, previous: current }
        : { current: works.value, pending: null, previous }),
    });
  }

  async #steps(target: RotatedLogin): Promise<Result<PlanStep[]>> {
    const { store } = this.#parts;
    const files: PlannedChange[] = [];
    for (const consumer of target.consumers) {
      const diff = await consumer.preview();
      if (!diff.ok) return diff;
      files.push({ kind: 'file', path: consumer.place, diff: diff.value });
    }
    const secret = (action: string): PlannedChange[] => [
      { kind: 'secret', store: storeName[store.kind], entry: target.login, action },
    ];
    const statement = statementText('change-own-password', shownVariables(target.login)).trimEnd();
    return succeed([
      {
        id: 'stage',
        title: 'Store the new password beside the one in use',
        changes: secret(this.#to === 'generated' ? 'generate and store as pending' : 'the former one becomes pending'),
      },
      {
        id: 'stop',
        title: 'Stop the services that hold it',
        changes: target.services.map((name) => ({ kind: 'service', name, action: 'stop' })),
      },
      {
        id: 'switch',
        title: 'Change it on the server',
        changes: [{ kind: 'tsql', where: 'master', as: target.login, text: statement }],
      },
      { id: 'deploy', title: 'Write it where the services read it', changes: files },
      {
        id: 'start',
        title: 'Start the services again',
        changes: target.services.toReversed().map((name) => ({ kind: 'service', name, action: 'start' })),
      },
      { id: 'prove', title: 'Prove it: a fresh login, and the service’s own', changes: [] },
      {
        id: 'commit',
        title: 'Keep it as the current one',
        changes: secret(
          this.#to === 'generated' ? 'pending becomes current, current becomes previous' : 'pending becomes current',
        ),
      },
    ]);
  }
}

/** What a person calls the store. */
const storeName = { training: 'the training keychain', keychain: 'the keychain of this account' } as const;

/** The statement as it is shown: the passwords as their type prints them. */
function shownVariables(login: string): ReadonlyMap<string, string> {
  const hidden = String(new Secret(''));
  return new Map([
    ['Login', quoteIdentifier(login)],
    ['NewPassword', `N'${hidden}'`],
    ['OldPassword', `N'${hidden}'`],
  ]);
}
