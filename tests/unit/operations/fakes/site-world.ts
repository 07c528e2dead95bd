import { quietRun } from '#electron/operations/run.ts';
import { SwitchCommissioningOff } from '#electron/operations/commissioning/switch-off.ts';
import { SwitchCommissioningOn } from '#electron/operations/commissioning/switch-on.ts';
import { lockdownRecordSchema } from '#electron/operations/lockdown/lockdown-journal.ts';
import type { LockdownRecord } from '#electron/operations/lockdown/lockdown-journal.ts';
import type { LockdownParts } from '#electron/operations/lockdown/lockdown-parts.ts';
import { PrepareSite } from '#electron/operations/preparation/prepare-site.ts';
import { RemoveFromSite } from '#electron/operations/preparation/remove-from-site.ts';
import { SwitchSecureModeOff } from '#electron/operations/secure-mode/switch-off.ts';
import { SwitchSecureModeOn } from '#electron/operations/secure-mode/switch-on.ts';
import { surveyMachine } from '#electron/listeners/survey-machine.ts';
import { listenersOf } from '#electron/site/network-view.ts';
import type { MeantBlock } from '#electron/site/secure-mode/meant-block.ts';
import type { SiteStatus } from '#electron/database/site-status.ts';
import { setupPrincipal } from '#electron/operations/setup.ts';
import { Secret } from '#shared/secret.ts';
import type { Outcome } from '#shared/plan.ts';
import { known } from '#shared/reading.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import { failure } from '#shared/errors.ts';
import type { Survey } from '#electron/database/assessment/survey.ts';
import type { Surveyor } from '#electron/database/assessment/surveyor.ts';
import type { Change } from '#electron/operations/change.ts';
import { profile, sound } from '#tests/unit/assessment/sample-survey.ts';
import { guardHashes } from '#tests/unit/site/sample-status.ts';
import { login } from './fake-database.ts';
import { FakeAtStart } from './fake-at-start.ts';
import { FakeFirewall } from './fake-machine.ts';
import { KeptInMemory } from './kept-in-memory.ts';
import { MemoryStepJournal } from './memory-journal.ts';
import { RotationWorld } from './rotation-world.ts';

/** The whole site: database, firewall and everything that a guided lockdown leads through. */
export class SiteWorld extends RotationWorld {
  readonly firewall = new FakeFirewall(this.wire, this.clock);
  readonly lockdownJournal = new MemoryStepJournal<LockdownRecord>(this.wire, lockdownRecordSchema);
  readonly atStart = new FakeAtStart(this.wire, this.clock);
  readonly meant = new KeptInMemory<MeantBlock>('meant', this.wire);
  readonly lent = { login: 'sa', secret: new Secret('lent') };
  readonly #status = async () => await this.database.status();

  readonly commissioning = {
    database: this.database,
    status: this.#status,
    actor: { account: 'SITE\\ines', elevated: true, machine: 'ACS-SRV-01' },
    clock: this.clock,
    controllerTable: 'dbo.Controllers',
    expectedModules: guardHashes,
  };

  /** What the setup principal sees of the controller table. */
  survey: Survey = sound;
  readonly #surveyor: Surveyor = {
    survey: async () => await Promise.resolve(succeed(this.survey)),
    discover: async () => await Promise.resolve(failed(failure('connection-lost'))),
  };

  readonly preparation = {
    ...this.commissioning,
    surveyor: this.#surveyor,
    profile,
    setup: setupPrincipal(this.lent),
  };

  readonly secureMode = {
    firewall: this.firewall,
    probe: this.firewall,
    status: this.#status,
    survey: async (status: SiteStatus) =>
      await surveyMachine(known(listenersOf(status), this.clock.now()), {
        sources: [],
        remotePipes: async () => await Promise.resolve(known(false, this.clock.now())),
      }),
    database: this.database,
    meant: this.meant,
    serviceLogins: [login],
    account: 'SITE\\ines',
    atStart: this.atStart,
    clock: this.clock,
  };

  lockdownParts(): LockdownParts {
    return {
      operations: {
        prepare: new PrepareSite(this.preparation),
        remove: new RemoveFromSite(this.preparation),
        rotate: this.operation('generated'),
        restore: this.operation('previous'),
        off: new SwitchCommissioningOff(this.commissioning),
        on: new SwitchCommissioningOn(this.commissioning),
        secureModeOn: new SwitchSecureModeOn(this.secureMode),
        secureModeOff: new SwitchSecureModeOff(this.secureMode),
      },
      status: this.#status,
      journal: this.lockdownJournal,
      clock: this.clock,
      changed: () => undefined,
    };
  }
}

/** Plans a change and applies it, with nobody in between. */
export async function carryOutChange<I>(
  change: Change<I>,
  input: I,
  stopRequested = () => false,
): Promise<Result<Outcome>> {
  const draft = await change.plan(input);
  return draft.ok ? await draft.value.apply(quietRun('run', { stopRequested })) : draft;
}
