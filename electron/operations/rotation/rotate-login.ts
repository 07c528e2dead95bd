import { failure } from '#shared/errors.ts';
import type { Claim } from '#shared/plan.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { Change, Draft } from '../change.ts';
import { outcomeOf } from '../outcome.ts';
import type { Run } from '../run.ts';
import { clearLeftOver, formerIsKept, setLeftOverAside, rotatable, verifiedSecret } from './known-secret.ts';
import { openRotation, rotationState } from './rotation-journal.ts';
import type { RotationBegun } from './rotation-journal.ts';
import { rotatedLogin, withDependants } from './rotation-parts.ts';
import type { RotatedLogin, RotationParts } from './rotation-parts.ts';
import { holderWarnings, otherUsers, refusedLogins, rotationPlan } from './rotation-plan.ts';
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

  get #by(): 'login' | 'administrator' {
    return this.#parts.administrator === undefined ? 'login' : 'administrator';
  }

  /** `partOf`: the lockdown that it belongs to, by the time it began. */
  async plan(input: { readonly login: string }, partOf: string | null = null): Promise<Result<Draft>> {
    const named = rotatedLogin(this.#parts, input.login);
    if (named === undefined)
      return failed(
        failure('login-not-rotatable', {
          login: input.login,
          cause: 'the profile does not name it as the login of a service',
        }),
      );
    const open = await openRotation(this.#parts.journal);
    if (!open.ok) return open;
    if (open.value !== undefined && open.value.login !== named.login) {
      return failed(
        failure('login-not-rotatable', {
          login: input.login,
          cause: `the rotation of ${open.value.login} is not finished`,
        }),
      );
    }
    const facts = await rotatable(this.#parts, named, this.#by);
    if (!facts.ok) {
      // What it is asked about it has to ask itself.
      const own = this.#by === 'administrator' && named.login === this.#parts.profile.runLogin;
      return own ? failed(failure('own-login-out', { login: named.login })) : facts;
    }
    const stored = await this.#parts.store.read(named.login);
    if (!stored.ok) return stored;
    if (open.value === undefined) {
      for (const name of named.services) {
        const service = await this.#parts.services.inspect(name);
        if (service.state === 'unknown') return failed(service.cause);
      }
    }
    const whole =
      open.value === undefined
        ? await withDependants(this.#parts, named)
        : succeed({ ...named, dependants: open.value.dependants });
    if (!whole.ok) return whole;
    const target = whole.value;
    if (this.#to === 'previous' && open.value === undefined && !formerIsKept(stored.value))
      return failed(failure('already-so', { what: `no former password of ${target.login} is kept` }));
    const nothingAdopted = this.#to === 'generated' && (stored.value?.current ?? null) === null;
    if (this.#by === 'login' && (open.value === undefined || (nothingAdopted && open.value.by === 'login'))) {
      const secret = await verifiedSecret(this.#parts, target, stored.value);
      if (!secret.ok) return secret;
    }
    const journalLost = open.value === undefined && (stored.value?.pending ?? null) !== null;
    const others = await otherUsers(this.#parts, target);
    if (!others.ok) return others;
    const refused = await refusedLogins(this.#parts, target.login, facts.value);
    const holders = await holderWarnings(this.#parts, target.login);
    if (!holders.ok) return holders;
    const steps = await rotationPlan(this.#parts, target, this.#to);
    if (!steps.ok) return steps;
    const back = this.#to === 'previous';
    const services = [...target.services, ...target.dependants].join(', ');
    return succeed({
      body: {
        title:
          open.value === undefined
            ? back
              ? `Put the former password of ${target.login} back`
              : `Rotate ${target.login}`
            : `Carry on with the rotation of ${target.login}`,
        summary: `${back ? 'Puts the former password back' : 'Replaces the password'} on the server, ${target.consumers.length === 0 ? '' : target.consumers.length === 1 ? 'in its copy ' : 'in every copy '}and in the store; then proves that ${target.services.length === 0 ? 'it works' : 'the service logged in again'}.`,
        steps: steps.value,
        affected: [
          ...(target.services.length === 0
            ? []
            : [
                {
                  who: services,
                  how: 'Stopped and started again, usually for some seconds. Doors go on working from their controllers.',
                },
              ]),
          ...others.value.affected,
          ...refused.affected,
        ],
        warnings: [
          ...others.value.warnings,
          ...refused.warnings,
          ...holders.value,
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
          : nothingAdopted && this.#by === 'administrator'
            ? { possible: false, why: 'Nobody knows the former password; an administrator can set another one.' }
            : { possible: true, how: 'The former password is kept and can be put back.' },
        consent: null,
      },
      rests: JSON.stringify({
        passwordSetAt: facts.value.passwordSetAt,
        open: open.value !== undefined,
        to: this.#to,
        as: this.#parts.administrator?.login,
      }),
      apply: async (run) => {
        run.announce(steps.value);
        const finished = await this.#finishOpen(target, run);
        if (!finished.ok) return finished;
        const done =
          finished.value === undefined || !this.#isWhatWasAsked(finished.value)
            ? await this.#rotateAnew(target, run, partOf)
            : finished;
        if (!done.ok) return done;
        const claims = await this.#claimsOf(target, done.value?.claims ?? []);
        if (!claims.ok) return claims;
        const summary =
          claims.value.length === 0
            ? `Nothing had been changed yet: ${target.login} has the password that it had.`
            : `${target.login} has ${back ? 'its former' : 'a new'} password everywhere${target.services.length === 0 ? '' : ', and its service logged in with it'}.`;
        return succeed(
          outcomeOf(`${target.login} was ${back ? 'put back' : 'rotated'}`, summary, claims.value, this.#parts.clock),
        );
      },
    });
  }

  /**
   * What was proved on the way; where that was before an interruption, or nothing was touched, it is proved now. None only
   * where Mortise never knew the password and nothing was changed.
   */
  async #claimsOf(target: RotatedLogin, claims: readonly Claim[]): Promise<Result<readonly Claim[]>> {
    if (claims.length > 0) return succeed(claims);
    const record = await this.#parts.store.read(target.login);
    if (!record.ok) return record;
    const current = record.value?.current ?? null;
    return current === null ? succeed([]) : await proveLogin(this.#parts, target, current, 'working');
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

  /**
   * How far the rotation of this login came that is a part of that lockdown; `no` where its former password is back;
   * `later` where something was rotated since by itself: what would be put back then may not be what was there before.
   */
  async rotatedIn(login: string, lockdown: string): Promise<Result<'no' | 'open' | 'committed' | 'later'>> {
    const records = await this.#parts.journal.read();
    if (!records.ok) return records;
    const state = records.value && rotationState(records.value);
    if (state !== undefined && state.partOf !== lockdown && (records.value?.[0]?.at ?? '') > lockdown)
      return succeed('later');
    if (state?.login !== login || state.partOf !== lockdown) return succeed('no');
    if (state.ended === undefined) return succeed('open');
    if (state.ended === 'superseded') return succeed('no');
    // Putting the former password back is the later one: where it came to its end, nothing is left of the rotation.
    return succeed((state.to === 'generated') === (state.ended === 'committed') ? 'committed' : 'no');
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

  async #rotateAnew(target: RotatedLogin, run: Run, partOf: string | null): Promise<Result<RotationEnd>> {
    const facts = await rotatable(this.#parts, target, this.#by);
    if (!facts.ok) return facts;
    const cleared = await (this.#by === 'login' ? clearLeftOver : setLeftOverAside)(this.#parts, target);
    if (!cleared.ok) return cleared;
    const journal = await this.#parts.journal.begin({
      kind: 'begun',
      at: this.#parts.clock.now().toISOString(),
      login: target.login,
      to: this.#to,
      by: this.#by,
      partOf,
      dependants: [...target.dependants],
      passwordSetAt: facts.value.passwordSetAt?.toISOString() ?? null,
    });
    if (!journal.ok) return journal;
    try {
      return await carryOut(this.#parts, target, journal.value, run);
    } finally {
      await journal.value.close();
    }
  }
}
