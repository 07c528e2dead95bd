import { expect } from 'vitest';
import type { Outcome } from '#shared/plan.ts';
import type { Result } from '#shared/result.ts';
import { Secret } from '#shared/secret.ts';
import { quietRun } from '#electron/operations/run.ts';
import type { RotationBegun } from '#electron/operations/rotation/rotation-journal.ts';
import { rotationRecordSchema } from '#electron/operations/rotation/rotation-journal.ts';
import type { RotationRecord } from '#electron/operations/rotation/rotation-journal.ts';
import type { RotationParts } from '#electron/operations/rotation/rotation-parts.ts';
import { RotateLogin } from '#electron/operations/rotation/rotate-login.ts';
import { profile } from '#tests/unit/site/sample-status.ts';
import { FakeClock } from './fake-clock.ts';
import { FakeDatabase, login } from './fake-database.ts';
import { FakeConsumer, FakeServices, FakeStore } from './fake-machine.ts';
import { MemoryStepJournal } from './memory-journal.ts';
import { Interruption, Tripwire } from './tripwire.ts';

/** What every generated password of these tests holds, to search for it. */
export const canary = 'C4nary';

/** A site with one login, its service, its file and the store; nothing was ever rotated. */
export class RotationWorld {
  readonly wire = new Tripwire();
  readonly clock = new FakeClock();
  readonly database = new FakeDatabase(this.wire, this.clock);
  readonly consumer = new FakeConsumer(this.wire);
  readonly services = new FakeServices(this.wire, this.clock, this.database, this.consumer);
  readonly store = new FakeStore(this.wire);
  readonly journal = new MemoryStepJournal<RotationRecord>(this.wire, rotationRecordSchema);
  #generated = 0;

  parts(): RotationParts {
    return {
      profile,
      database: this.database,
      store: this.store,
      services: this.services,
      consumers: [this.consumer],
      journal: this.journal,
      clock: this.clock,
      generate: () => new Secret(`${canary}-${(this.#generated += 1)}`),
    };
  }

  operation(to: RotationBegun['to'] = 'generated'): RotateLogin {
    return new RotateLogin(this.parts(), to);
  }

  /** Plans and applies, as Mortise does after each start. */
  async rotate(to: RotationBegun['to'] = 'generated', stopRequested = () => false): Promise<Result<Outcome>> {
    const draft = await this.operation(to).plan({ login });
    return draft.ok ? await draft.value.apply(quietRun('run', { stopRequested })) : draft;
  }

  /** The process is ended at one point; answers whether it came to that point. */
  async interruptedAt(point: number, run: () => Promise<unknown>): Promise<boolean> {
    this.wire.endAt = point;
    try {
      await run();
      return false;
    } catch (error) {
      if (error instanceof Interruption) return true;
      throw error;
    } finally {
      this.wire.endAt = undefined;
      this.journal.open = 0;
    }
  }

  get record() {
    return this.store.records.get(login);
  }

  /** The invariant: once a secret was stored, some stored one logs in; before that the file's own does. */
  expectAWayIn(where: string): void {
    const { record } = this;
    const stored = record === undefined ? [this.consumer.held] : [record.current, record.pending, record.previous];
    expect(
      stored.some((secret) => secret?.equals(this.database.password) === true),
      where,
    ).toBe(true);
  }

  /** Server, file, store and service agree, and nothing is open. */
  expectSettled(where = 'at the end'): void {
    const { password } = this.database;
    expect(this.consumer.held.reveal(), `the file ${where}`).toBe(password.reveal());
    if (this.record !== undefined) {
      expect(this.record.current?.reveal(), `the store ${where}`).toBe(password.reveal());
      expect(this.record.pending, `nothing pending ${where}`).toBeNull();
    }
    this.expectServiceLoggedIn(where);
    expect(
      this.journal.files.every(({ ended }) => ended),
      `every journal has ended ${where}`,
    ).toBe(true);
    expect(this.journal.open, `no journal is left open ${where}`).toBe(0);
  }

  expectServiceLoggedIn(where = 'at the end'): void {
    const own = this.database.sessions.some((session) => session.processId === this.services.processId);
    expect(this.services.processId !== null && own, `the service is logged in ${where}`).toBe(true);
  }

  /** Everything is as it was before anybody asked for a rotation. */
  expectUntouched(): void {
    expect(this.database.password.reveal()).toBe('first-password');
    expect(this.record?.current?.reveal() ?? 'first-password').toBe('first-password');
    this.expectSettled('after going back');
  }
}
