import { Secret } from '#shared/secret.ts';
import { openJournals } from '#electron/journal/journals.ts';
import { stepJournal } from '#electron/journal/step-journal.ts';
import { rotationRecordSchema } from '#electron/operations/rotation/rotation-journal.ts';
import type { RotationParts } from '#electron/operations/rotation/rotation-parts.ts';
import { FakeClock } from '#tests/unit/operations/fakes/fake-clock.ts';
import { FakeDatabase, login } from '#tests/unit/operations/fakes/fake-database.ts';
import { profile } from '#tests/unit/site/sample-status.ts';
import { Mains } from './mains.ts';
import { TornDisk } from './torn-disk.ts';
import { RestlessService, TornConsumer, TornStore } from './torn-parts.ts';

/** Refused logins in a row after which Windows locks an account by default. */
const lockAfter = 10;

/** Replaces parts of Mortise by faulty ones. */
export type Sabotage = (parts: RotationParts, site: TornSite) => RotationParts;

/** A machine with Mortise, store, service and file on it, whose power can be cut, and a server that goes on without it. */
export class TornSite {
  readonly mains = new Mains();
  readonly disk = new TornDisk(this.mains);
  readonly clock = new FakeClock();
  readonly database = new FakeDatabase(this.mains, this.clock);
  readonly store = new TornStore(this.mains, this.disk);
  readonly consumer: TornConsumer;
  readonly service: RestlessService;
  readonly #sabotage: Sabotage;
  #generated = 0;
  serverGone = false;

  constructor(sabotage: Sabotage = (parts) => parts) {
    this.#sabotage = sabotage;
    this.database.lockAfter = lockAfter;
    this.consumer = new TornConsumer(this.mains, this.disk, this.database.password);
    this.service = new RestlessService(this.mains, this.clock, this.database, this.consumer);
    this.mains.meanwhile = () => {
      if (!this.serverGone) this.service.tick();
    };
  }

  /** Mortise as it is after a start: nothing remembered but what the disk holds. */
  parts(): RotationParts {
    const parts: RotationParts = {
      profile,
      database: this.database,
      store: this.store,
      services: this.service,
      consumers: [this.consumer],
      journal: stepJournal(
        openJournals({ port: this.disk, folder: '/state', kind: 'rotation', schema: rotationRecordSchema }),
      ),
      clock: this.clock,
      generate: () => new Secret(`Generated-${(this.#generated += 1)}-${'x'.repeat(this.#generated % 7)}`),
      wait: async (_limit, ask) => (await ask()) || (await ask()) || (await ask()),
    };
    return this.#sabotage(parts, this);
  }

  /** The passwords that are stored durably, the service's file among them until the one in use is adopted. */
  async stored(): Promise<readonly Secret[]> {
    const record = await new TornStore(new Mains(), this.#asIfOnNoMains()).read(login);
    if (!record.ok) return [];
    const { current = null, pending = null, previous = null } = record.value ?? {};
    const kept = [current, pending, previous].filter((each) => each !== null);
    const { held } = this.consumer;
    // Until one is adopted as the current one (a reset may not know it), what the service has is what there is.
    return current !== null || held === undefined ? kept : [...kept, held];
  }

  async record() {
    const record = await new TornStore(new Mains(), this.#asIfOnNoMains()).read(login);
    return record.ok ? record.value : undefined;
  }

  /** What the newest journal says of its end; undefined where none was begun. */
  async journalEnd(): Promise<'open' | 'committed' | 'restored' | 'superseded' | undefined> {
    const journals = openJournals({
      port: this.#asIfOnNoMains(),
      folder: '/state',
      kind: 'rotation',
      schema: rotationRecordSchema,
    });
    const records = await journals.readLatest();
    const last = records.ok ? records.value?.at(-1) : undefined;
    return last === undefined ? undefined : last.kind === 'ended' ? last.end : 'open';
  }

  /** For whoever looks from outside: neither the power nor what is practised stands in the way. */
  #asIfOnNoMains(): TornDisk {
    const disk = new TornDisk(new Mains());
    Object.assign(disk, { memory: this.disk.memory });
    return disk;
  }
}
