import { readFileSync, writeFileSync } from 'node:fs';
import type { Client } from '#shared/client.ts';
import type { Result } from '#shared/result.ts';
import { change } from '#tests/lockdown/open-mortise.ts';
import type { Seeded } from '#tests/peers/seeded.ts';
import type { FaultColumn } from '../fault-columns.ts';
import type { End, RunReport } from '../run-report.ts';
import type { Asked, Errand, Trigger } from './errand.ts';
import type { Machine } from './machine.ts';
import { journalEnd, keptFor, passwordInConfig } from './seen-from-outside.ts';
import { liftSite, liftWhatStrikesOnce } from './site-faults.ts';

export interface KilledCase {
  readonly asked: Asked;
  readonly trigger: Trigger;
  readonly fault: FaultColumn;
  readonly chance: Seeded;
  /** What stands when Mortise is asked. */
  readonly before: 'settled' | 'a rotation left open after its switch' | 'a copy changed by hand';
}

type Action = 'rotate' | 'restore' | 'reconcile';
const actions: readonly Action[] = ['rotate', 'restore', 'reconcile'];

/** Waiting for a service takes Mortise 20 seconds: these are tried again only when they are over. */
const slow: ReadonlySet<FaultColumn> = new Set([
  'service-does-not-stop',
  'service-does-not-log-in',
  'server-killed',
  'clock-forward',
  'clock-back',
]);

const serviceLogin = 'acs_service';

/** One run on a real site: a real process struck, killed, and what it left brought to an end. */
export async function killedRun(machine: Machine, one: KilledCase): Promise<RunReport> {
  return await new KilledRun(machine, one).report();
}

class KilledRun {
  readonly #machine: Machine;
  readonly #case: KilledCase;
  readonly #story: string[] = [];
  readonly #faults: string[] = [];
  #lockedOut = false;

  constructor(machine: Machine, one: KilledCase) {
    this.#machine = machine;
    this.#case = one;
  }

  /** Every login that the change is about. */
  get #logins(): readonly string[] {
    const { asked } = this.#case;
    return asked.change === 'rotateMany' ? asked.logins : [asked.login];
  }

  async report(): Promise<RunReport> {
    const { asked, before, chance, fault, trigger } = this.#case;
    const machine = this.#machine;
    const originals = new Map(this.#logins.map((login) => [login, this.#inForce(login)]));
    if (before === 'a rotation left open after its switch') await this.#leaveOpen();
    if (before === 'a copy changed by hand') this.#changeByHand();

    const killed: Errand['killed'] = chance.of(['at once', 'at the next record', 50 + chance.below(350)]);
    const ended = await machine.errand({ asked, trigger, fault, killed });
    this.#story.push(`${asked.change}, ${fault}, killed ${String(killed)}: ${ended}`);
    await machine.comeUp();
    await this.#look('after the kill');
    if (!slow.has(fault) && chance.below(2) === 0) {
      await this.#attempt(chance.of(actions), this.#logins[0] ?? serviceLogin, fault === 'disk-full');
      await this.#look('after an attempt while it lasted');
    }
    await liftSite(machine.site);
    this.#story.push(`lifted: ${fault}`);
    for (const login of this.#logins) await this.#bringToAnEnd(login);
    const ends = this.#logins.map((login) => this.#endOf(login, originals.get(login)));
    if (this.#logins.includes(serviceLogin) && !(await machine.serviceConnects()))
      this.#faults.push('the service is not connected at the end');
    return {
      end: ends.includes(undefined) ? undefined : (ends.find((end) => end !== 'committed') ?? 'committed'),
      reached: ended === 'killed',
      lockedOut: this.#lockedOut,
      faults: this.#faults,
      story: this.#story,
    };
  }

  async #bringToAnEnd(login: string): Promise<void> {
    const { chance } = this.#case;
    for (const [index, action] of [chance.of(actions), chance.of(actions), 'reconcile', 'rotate'].entries()) {
      if (index > 0 && this.#settled(login)) break;
      await this.#attempt(action as Action, login);
      await this.#look(`after ${action}`);
    }
  }

  async #attempt(action: Action, login: string, diskFull = false): Promise<void> {
    const answer: Result<unknown> = await this.#machine.mortise(
      async ({ rotation }: Client) => await change(rotation[action], { login }),
      diskFull ? { fullFrom: '' } : {},
    );
    this.#story.push(`${action} ${login}: ${answer.ok ? 'ok' : answer.error.sentence}`);
  }

  async #leaveOpen(): Promise<void> {
    await this.#machine.mortise(async ({ rotation }) => await change(rotation.rotate, { login: serviceLogin }), {
      fullFrom: '"step":"deploy"',
    });
  }

  #changeByHand(): void {
    const { configPath } = this.#machine.facts;
    const text = readFileSync(configPath, 'utf8');
    writeFileSync(configPath, text.replace(/Password=[^;"]*/, 'Password=typed-by-hand'));
  }

  /** The password that is in force as far as the disk tells. */
  #inForce(login: string): string | undefined {
    const { facts } = this.#machine;
    return keptFor(facts, login)?.current ?? (login === serviceLogin ? passwordInConfig(facts) : undefined);
  }

  /** The invariant, by a client that is none of Mortise's: a password that is stored durably logs in. */
  async #look(when: string): Promise<void> {
    const { facts, outside, site } = this.#machine;
    await liftWhatStrikesOnce(site);
    for (const login of this.#logins) {
      const { current = null, pending = null, previous = null } = keptFor(facts, login) ?? {};
      const inFile = login === serviceLogin ? passwordInConfig(facts) : undefined;
      // Until one is adopted as the current one, what the service has is what there is.
      const stored = [current, pending, previous, current === null ? inFile : null];
      let opened = false;
      for (const password of stored) {
        if (opened || password === null || password === undefined) continue;
        opened = await outside.logsIn(login, password);
      }
      if (!opened) {
        this.#lockedOut = true;
        this.#story.push(`LOCKED OUT ${when}: no stored password of ${login} logs in`);
      }
    }
  }

  #settled(login: string): boolean {
    const { facts, stateFolder } = this.#machine;
    const kept = keptFor(facts, login);
    if (journalEnd(stateFolder) === 'open') return false;
    if (kept !== undefined && (kept.pending !== null || kept.current === null)) return false;
    return login !== serviceLogin || kept === undefined || kept.current === passwordInConfig(facts);
  }

  #endOf(login: string, original: string | undefined): End | undefined {
    const { facts, stateFolder } = this.#machine;
    const kept = keptFor(facts, login);
    if (this.#settled(login)) return this.#inForce(login) === original ? 'restored' : 'committed';
    if (journalEnd(stateFolder) === 'open' && kept?.current != null && kept.pending !== null) {
      this.#faults.push('it came to no end, and nothing stood in the way');
      return 'needs a person';
    }
    this.#faults.push('the end is none of the three');
    return undefined;
  }
}
