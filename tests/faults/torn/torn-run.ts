import { failure } from '#shared/errors.ts';
import { Secret } from '#shared/secret.ts';
import type { Result } from '#shared/result.ts';
import { quietRun } from '#electron/operations/run.ts';
import { ReconcileLogin } from '#electron/operations/rotation/reconcile-login.ts';
import { RotateLogin } from '#electron/operations/rotation/rotate-login.ts';
import type { RotationParts } from '#electron/operations/rotation/rotation-parts.ts';
import { login } from '#tests/unit/operations/fakes/fake-database.ts';
import type { Seeded } from '#tests/peers/seeded.ts';
import type { FaultColumn } from '../fault-columns.ts';
import type { End, RunReport } from '../run-report.ts';
import type { Transition } from '../transitions.ts';
import { strikeTorn, liftTorn } from './torn-faults.ts';
import { TornSite } from './torn-site.ts';
import type { Sabotage } from './torn-site.ts';

export interface TornCase {
  readonly transition: Transition;
  readonly fault: FaultColumn;
  readonly chance: Seeded;
  readonly sabotage?: Sabotage;
  /** An administrator sets the password instead of the login itself. */
  readonly byAdministrator?: boolean;
}

type Action = 'rotate' | 'restore' | 'reconcile';
const actions: readonly Action[] = ['rotate', 'restore', 'reconcile'];
const administrator = { login: 'site_admin', secret: new Secret('the administrator’s') };

/** Logins that Mortise itself may have refused in one run, besides one for each lost answer: where no time tells which password holds. */
const refusalsAllowed = 1;

/** One run: struck at the transition, cut off, started again and brought to an end, looked at from outside all along. */
export async function tornRun(one: TornCase): Promise<RunReport> {
  return await new TornRun(one).report();
}

class TornRun {
  readonly #case: TornCase;
  readonly #site: TornSite;
  readonly #story: string[] = [];
  readonly #faults: string[] = [];
  #lockedOut = false;
  #struck = false;

  constructor(one: TornCase) {
    this.#case = one;
    this.#site = new TornSite(one.sabotage);
  }

  async report(): Promise<RunReport> {
    const { chance, fault, transition } = this.#case;
    const site = this.#site;
    // A server that does not tell when a password was set leaves only a login to find out.
    if (chance.below(2) === 0) site.database.facts = { ...site.database.facts, passwordSetAt: null };
    if (chance.below(2) === 0) await this.#act('rotate');
    const original = site.database.password;
    if (transition.direction === 'back') await this.#leaveOpen();

    this.#arm();
    const ended = await this.#attempt(transition.direction === 'back' ? 'restore' : 'rotate');
    site.disk.watch = () => undefined;
    if (ended !== 'cut') site.mains.cutNow();
    await this.#powerCut();
    this.#lookAtFile(original);

    if (chance.below(2) === 0) {
      if (chance.below(3) === 0) site.mains.cutAfter(chance.below(40));
      const again = await this.#attempt(chance.of(actions));
      site.mains.keepOn();
      if (again === 'cut') await this.#powerCut();
      await this.#look('after an attempt while it lasted');
    }
    liftTorn(site);
    this.#story.push(`lifted: ${fault}`);
    for (const action of [chance.of(actions), chance.of(actions), 'reconcile', 'rotate'] as const) {
      if ((await this.#settled()) && this.#story.at(-1)?.startsWith('lifted') !== true) break;
      await this.#act(action);
      await this.#look(`after ${action}`);
    }
    site.mains.cutNow();
    site.disk.memory.crash({ keep: 'nothing' });
    await site.mains.restore();
    return {
      end: await this.#end(original),
      reached: this.#struck,
      lockedOut: this.#lockedOut,
      faults: this.#faults,
      story: this.#story,
    };
  }

  #parts(): RotationParts {
    const parts = this.#site.parts();
    return this.#case.byAdministrator === true ? { ...parts, administrator } : parts;
  }

  /** A rotation that stands open after its switch. */
  async #leaveOpen(): Promise<void> {
    const { mains, consumer } = this.#site;
    mains.rule = (point) =>
      point === 'consumer: write'
        ? failure('consumer-unreadable', { consumer: consumer.place, cause: 'another program holds it' })
        : undefined;
    await this.#act('rotate');
    liftTorn(this.#site);
  }

  #arm(): void {
    const { chance, fault, transition } = this.#case;
    const { disk, mains } = this.#site;
    const wanted = [`"kind":"${transition.moment}"`, `"step":"${transition.step}"`];
    const when = transition.moment === 'before' ? 'on the disk' : 'not yet written';
    disk.watch = (text, moment) => {
      if (this.#struck || moment !== when || !wanted.every((part) => text.includes(part))) return;
      this.#struck = true;
      strikeTorn(this.#site, fault, this.#case);
      // With the fault, some effects after it, or when its failure was told.
      if (fault === 'crash') mains.cutAfter(0);
      else if (chance.below(3) > 0) mains.cutAfter(chance.below(30));
    };
  }

  async #attempt(action: Action): Promise<'cut' | 'answered'> {
    const { cut } = this.#site.mains;
    return await Promise.race([cut, this.#act(action).then(() => 'answered' as const)]);
  }

  async #act(action: Action): Promise<void> {
    const { database, mains } = this.#site;
    const before = database.refused - this.#site.service.refused;
    const lostBefore = mains.lostAnswers;
    const answer = await this.#apply(action);
    this.#story.push(`${action}: ${answer.ok ? 'ok' : answer.error.sentence}`);
    const refused = database.refused - this.#site.service.refused - before;
    if (refused > refusalsAllowed + mains.lostAnswers - lostBefore)
      this.#faults.push(`${action} had ${refused} logins refused`);
  }

  async #apply(action: Action): Promise<Result<unknown>> {
    const parts = this.#parts();
    const change =
      action === 'reconcile'
        ? new ReconcileLogin(parts)
        : new RotateLogin(parts, action === 'rotate' ? 'generated' : 'previous');
    const draft = await change.plan({ login });
    return draft.ok ? await draft.value.apply(quietRun('run')) : draft;
  }

  async #powerCut(): Promise<void> {
    const { chance } = this.#case;
    const { disk, mains, service } = this.#site;
    disk.memory.crash(chance.below(2) === 0 ? { keep: 'nothing' } : { keep: 'some', seed: chance.below(1_000_000) });
    await mains.restore();
    this.#story.push('the power was cut');
    const starts = service.processId !== null || chance.below(2) === 0;
    if (starts && service.fault === undefined && !this.#site.serverGone) service.boot();
    else service.end();
    await this.#look('after the power cut');
  }

  /** The invariant, by the server itself. */
  async #look(when: string): Promise<void> {
    const { database } = this.#site;
    const stored = await this.#site.stored();
    if (!stored.some((secret) => secret.equals(database.password))) {
      this.#lockedOut = true;
      this.#story.push(`LOCKED OUT ${when}: no stored password is the server's`);
    }
    if (database.facts.locked) {
      this.#lockedOut = true;
      this.#story.push(`LOCKED OUT ${when}: too many refused logins`);
    }
  }

  /** As long as the server has the former password, so has the file: its service comes up without Mortise. */
  #lookAtFile(former: Secret): void {
    const { consumer, database } = this.#site;
    if (this.#case.transition.direction === 'back' || !database.password.equals(former)) return;
    if (consumer.held?.equals(former) !== true) this.#faults.push('the file was changed before the server');
  }

  async #settled(): Promise<boolean> {
    const { consumer, database, service } = this.#site;
    const record = await this.#site.record();
    const end = await this.#site.journalEnd();
    return (
      end !== 'open' &&
      (record === undefined || (record.pending === null && record.current?.equals(database.password) === true)) &&
      consumer.held?.equals(database.password) === true &&
      service.loggedIn
    );
  }

  async #end(original: Secret): Promise<End | undefined> {
    await this.#look('at the end');
    const { database } = this.#site;
    if (await this.#settled()) return database.password.equals(original) ? 'restored' : 'committed';
    const record = await this.#site.record();
    const open = (await this.#site.journalEnd()) === 'open';
    if (!open || record?.current == null || record.pending === null) {
      this.#faults.push('the end is none of the three');
      return undefined;
    }
    // Nothing stands in the way any more: then only a copy that nobody can read takes a person.
    if (this.#site.consumer.held !== undefined) this.#faults.push('it came to no end, and nothing stood in the way');
    return 'needs a person';
  }
}
