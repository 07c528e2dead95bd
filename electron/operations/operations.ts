import { failure } from '#shared/errors.ts';
import { known, unknown } from '#shared/reading.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { Secret } from '#shared/secret.ts';
import type { Notice, Progress, Snapshot } from '#shared/snapshot.ts';
import type { Consumer } from '#electron/consumers/consumer.ts';
import type { Surveyor } from '#electron/database/assessment/surveyor.ts';
import type { RunLoginSetup } from '#electron/database/run-login/run-login-setup.ts';
import type { Credential, SiteDatabase } from '#electron/database/site-database.ts';
import type { SiteStatus } from '#electron/database/site-status.ts';
import type { AtStart } from '#electron/at-start/at-start.ts';
import type { KeptProbe } from '#electron/firewall/kept-probe.ts';
import type { InstanceNetwork } from '#electron/instance/instance-network.ts';
import type { StepJournal } from '#electron/journal/step-journal.ts';
import type { FilePort } from '#electron/log/file-port.ts';
import type { Actor } from '#electron/machine/actor.ts';
import type { Clock } from '#electron/machine/clock.ts';
import type { Consent, DocumentSaver, FileChooser } from '#electron/machine/consent.ts';
import type { KeptValue } from '#electron/machine/kept-json.ts';
import type { MachineLock } from '#electron/machine/machine-lock.ts';
import type { SecretStore } from '#electron/secrets/secret-store.ts';
import type { Services } from '#electron/services/services.ts';
import type { MeantBlock } from '#electron/site/secure-mode/meant-block.ts';
import type { SiteNetwork } from '#electron/site/site-network.ts';
import { SiteReader } from '#electron/site/site-reader.ts';
import type { SiteProfile } from '#shared/site-profile.ts';
import type { SiteLibrary } from '#electron/site/profile/site-library.ts';
import type { ExpectedModules } from '#electron/site/drift.ts';
import type { Trail } from '#electron/trail/trail.ts';
import { AssessSite } from './assessment.ts';
import { AdoptServer } from './commissioning/adopt-server.ts';
import { RehearseLock } from './commissioning/rehearse.ts';
import { RenewRegister } from './commissioning/renew-register.ts';
import { SwitchCommissioningOff } from './commissioning/switch-off.ts';
import { SwitchCommissioningOn } from './commissioning/switch-on.ts';
import { Feed } from './feed.ts';
import { ResumeLockdown, RunLockdown, StopLockdown, UndoLockdown } from './lockdown/lockdown.ts';
import { lockdownState, shownLockdown } from './lockdown/lockdown-journal.ts';
import type { LockdownRecord } from './lockdown/lockdown-journal.ts';
import { PlanDesk } from './plan-desk.ts';
import type { Changes } from './plan-desk.ts';
import { BeginUpgrade } from './preparation/begin-upgrade.ts';
import { PrepareSite } from './preparation/prepare-site.ts';
import { RemoveFromSite } from './preparation/remove-from-site.ts';
import { RestoreGuard } from './preparation/restore-guard.ts';
import { ExportKit } from './recovery-kit/export-kit.ts';
import { ImportKit } from './recovery-kit/import-kit.ts';
import { AdoptSecret } from './rotation/adopt-secret.ts';
import { ChangeOwnPassword } from './rotation/change-own-password.ts';
import { ReconcileLogin } from './rotation/reconcile-login.ts';
import { ResetLogin } from './rotation/reset-login.ts';
import { RotateLogin } from './rotation/rotate-login.ts';
import { RotateMany } from './rotation/rotate-many.ts';
import { TryDefaults } from './rotation/try-defaults.ts';
import { VerifyLogin } from './rotation/verify-login.ts';
import { CreateRunLogin } from './run-login.ts';
import { rotationState, shownRotation } from './rotation/rotation-journal.ts';
import type { RotationRecord } from './rotation/rotation-journal.ts';
import { AllowAddresses } from './secure-mode/allow-addresses.ts';
import { BindInstance } from './secure-mode/bind-instance.ts';
import { DriftReporter } from './secure-mode/drift-reporter.ts';
import { ProbeDesk } from './secure-mode/probe-desk.ts';
import { PutUpAtStart } from './secure-mode/put-up-at-start.ts';
import { SwitchSecureModeOff } from './secure-mode/switch-off.ts';
import { SwitchSecureModeOn } from './secure-mode/switch-on.ts';
import { FirewallWatch } from './secure-mode/firewall-watch.ts';
import { setupPrincipal } from './setup.ts';
import { RemoveSite } from './sites/remove-site.ts';
import { SaveSite } from './sites/save-site.ts';
import { Sites } from './sites/sites.ts';
import { PractiseFault } from './training-fault.ts';
import type { PractisedFaults } from './training-fault.ts';

/** Everything that operations stand on, as the composition root hands it over. */
export interface OperationParts {
  readonly profile: SiteProfile;
  readonly kind: 'training' | 'real';
  /** Its name in the library of sites; null where it is not from there. */
  readonly siteId: string | null;
  readonly library: SiteLibrary;
  /** Told every snapshot, to keep what was last seen of the site. */
  readonly seen: (snapshot: Snapshot) => void;
  /** Opens another site in place of this one; undefined where the door has no way to. */
  readonly openSite: ((id: string | null) => Promise<Result<undefined>>) | undefined;
  readonly lent: Credential | undefined;
  readonly actor: Actor;
  readonly clock: Clock;
  readonly database: SiteDatabase;
  readonly surveyor: Surveyor;
  readonly runLogin: RunLoginSetup;
  readonly network: SiteNetwork;
  readonly atStart: AtStart;
  readonly instance: InstanceNetwork;
  readonly meant: KeptValue<MeantBlock>;
  readonly keptProbe: KeptValue<KeptProbe>;
  readonly notify: (notice: { readonly title: string; readonly sentence: string }) => void;
  readonly services: Services;
  readonly store: SecretStore;
  readonly consumers: readonly Consumer[];
  readonly consent: Consent;
  readonly saver: DocumentSaver;
  readonly chooser: FileChooser;
  readonly lock: MachineLock;
  readonly trail: Trail;
  readonly trailPath: string;
  readonly files: FilePort;
  readonly rotationJournal: StepJournal<RotationRecord>;
  readonly lockdownJournal: StepJournal<LockdownRecord>;
  readonly expectedModules: ExpectedModules;
  readonly isPublishedDefault: (login: string, secret: Secret) => boolean;
  readonly generate: () => Secret;
  readonly faults: PractisedFaults;
  /** Folders that a person named, to look for copies of passwords in. */
  readonly searchPlaces: readonly string[];
}

/** What a person can ask for, wired to each other. */
export interface Operations {
  readonly parts: OperationParts;
  readonly desk: PlanDesk;
  readonly reader: SiteReader;
  readonly feed: Feed;
  readonly assessment: AssessSite;
  readonly sites: Sites;
  readonly verify: VerifyLogin;
  readonly kit: ImportKit;
  readonly probes: ProbeDesk;
}

/** How many entries of the trail a snapshot shows. */
const recentEntries = 50;

export function operationsOf(parts: OperationParts): Operations {
  const { profile, actor, clock, database, network, trail, expectedModules } = parts;
  let progress: Progress | null = null;

  const reader = new SiteReader({
    ...parts,
    lockdown: async () => await lockdownNow(parts, desk),
    openRotation: async () => await openRotationNow(parts),
    operation: () => progress,
    watch: () => watch.ended(),
    trail: async () => await trailNow(parts),
    notices: async () => await noticesNow(parts, desk),
    faults: async () => {
      const faults = await parts.faults.list();
      return faults.ok ? faults.value.filter(({ on }) => on).map(({ title }) => title) : [];
    },
  });
  const drift = new DriftReporter(parts);
  const watch = new FirewallWatch(network.firewall, () => feed.changed());
  const feed = new Feed(async (options) => {
    const snapshot = await reader.snapshot(options);
    parts.seen(snapshot);
    await drift.see(snapshot);
    return snapshot;
  }, watch);

  const status = async () => await reader.status();
  const controllerTable = `${profile.controllerTable.schema}.${profile.controllerTable.table}`;
  const preparation = {
    database,
    surveyor: parts.surveyor,
    profile,
    status,
    setup: setupPrincipal(parts.lent),
    actor,
    clock,
    controllerTable,
    expectedModules,
  };
  const commissioning = { database, status, actor, clock, controllerTable, expectedModules };
  const probes = new ProbeDesk({ ...parts, status });
  const secureMode = {
    firewall: network.firewall,
    probe: probes,
    status,
    survey: async (now: SiteStatus) => await network.survey(known(now, clock.now())),
    database,
    meant: parts.meant,
    serviceLogins: profile.serviceLogins.map(({ login }) => login),
    account: actor.account,
    clock,
  };
  const rotation = { ...parts, journal: parts.rotationJournal };
  const guided = {
    prepare: new PrepareSite(preparation),
    remove: new RemoveFromSite(preparation),
    rotate: new RotateLogin(rotation, 'generated'),
    restore: new RotateLogin(rotation, 'previous'),
    off: new SwitchCommissioningOff(commissioning),
    on: new SwitchCommissioningOn(commissioning),
    secureModeOn: new SwitchSecureModeOn(secureMode),
    secureModeOff: new SwitchSecureModeOff({ ...secureMode, atStart: parts.atStart }),
  };
  const lockdown = { operations: guided, status, journal: parts.lockdownJournal, clock, changed: () => feed.changed() };
  const undo = new UndoLockdown(lockdown);

  const library = {
    library: parts.library,
    siteId: parts.siteId,
    clock,
    snapshot: async () => await reader.snapshot(),
  };

  const kit = new ImportKit(parts);

  const changes: Changes = {
    'site.prepare': guided.prepare,
    'site.remove': guided.remove,
    'commissioning.off': guided.off,
    'commissioning.on': guided.on,
    'rotation.rotate': guided.rotate,
    'rotation.rotateMany': new RotateMany(rotation),
    'rotation.restore': guided.restore,
    'rotation.reconcile': new ReconcileLogin(rotation),
    'rotation.adopt': new AdoptSecret(rotation),
    'rotation.reset': new ResetLogin(rotation, setupPrincipal(parts.lent)),
    'rotation.changeOwn': new ChangeOwnPassword(rotation),
    'rotation.tryDefaults': new TryDefaults(rotation),
    'secureMode.on': guided.secureModeOn,
    'secureMode.off': guided.secureModeOff,
    'secureMode.allow': new AllowAddresses(secureMode),
    'secureMode.atStart': new PutUpAtStart({ ...secureMode, atStart: parts.atStart }),
    'secureMode.bindInstance': new BindInstance({ ...parts, status }),
    'lockdown.run': new RunLockdown(lockdown),
    'lockdown.resume': new ResumeLockdown(lockdown, undo),
    'lockdown.undo': undo,
    'lockdown.stop': new StopLockdown(lockdown),
    'site.createRunLogin': new CreateRunLogin({
      ...parts,
      setup: setupPrincipal(parts.lent),
      reconnect: async () => await database.close(),
    }),
    'site.beginUpgrade': new BeginUpgrade(preparation),
    'site.restoreGuard': new RestoreGuard(preparation),
    'commissioning.rehearse': new RehearseLock(commissioning),
    'commissioning.renewRegister': new RenewRegister(commissioning),
    'commissioning.adoptServer': new AdoptServer(commissioning),
    'recoveryKit.export': new ExportKit(parts),
    'recoveryKit.import': kit,
    'sites.save': new SaveSite(library),
    'sites.remove': new RemoveSite(library),
    'training.fault': new PractiseFault(parts.faults, clock),
  };

  const desk: PlanDesk = new PlanDesk({
    changes,
    clock,
    consent: parts.consent,
    lock: parts.lock,
    trail: {
      reserve: async () => await trail.reserve(),
      record: async (operation, phase, text) => withoutValue(await trail.record(operation, phase, text)),
    },
    permission: async (change) => {
      // Whether a lockdown waits to be finished is unknown then, so nothing that it would forbid is allowed.
      const journal = await parts.lockdownJournal.read();
      if (!journal.ok) return { allowed: false, why: journal.error.sentence };
      return (await reader.snapshot()).permissions[change];
    },
    publish: (next) => {
      progress = next;
      feed.progress(next);
    },
    ended: async () => {
      await feed.refresh();
    },
  });
  return {
    parts,
    desk,
    reader,
    feed,
    assessment: new AssessSite(parts),
    sites: new Sites(parts),
    verify: new VerifyLogin(rotation),
    kit,
    probes,
  };
}

const withoutValue = (result: Result<unknown>): Result<undefined> => (result.ok ? succeed() : result);

async function openRotationNow({ rotationJournal, clock }: OperationParts): Promise<Snapshot['openRotation']> {
  const records = await rotationJournal.read();
  return records.ok ? known(shownRotation(records.value), clock.now()) : unknown(records.error, clock.now());
}

async function lockdownNow({ lockdownJournal, lock }: OperationParts, desk: PlanDesk): Promise<Snapshot['lockdown']> {
  const records = await lockdownJournal.read();
  // A journal that cannot be read is told as a notice; a lockdown is then neither offered nor denied by it.
  if (!records.ok || records.value === undefined) return { state: 'none' };
  const state = lockdownState(records.value);
  // One that has not come to its end is only interrupted if no other process is working on it.
  const elsewhere = state?.reached === undefined && (await lock.heldElsewhere()) !== undefined;
  return shownLockdown(state, desk.isLockdownRunning() || elsewhere);
}

async function trailNow({ trail, clock }: OperationParts): Promise<Snapshot['trail']> {
  const refreshed = await trail.refresh();
  if (!refreshed.ok) return unknown(refreshed.error, clock.now());
  return known({ entries: trail.entries, head: trail.head, recent: [...trail.recent(recentEntries)] }, clock.now());
}

async function noticesNow(parts: OperationParts, desk: PlanDesk): Promise<readonly Notice[]> {
  const notices: Notice[] = [...parts.trail.notices];
  const [rotation, lockdown] = await Promise.all([parts.rotationJournal.read(), parts.lockdownJournal.read()]);
  for (const [kind, journal] of Object.entries({ rotation, lockdown })) {
    if (!journal.ok)
      notices.push({
        id: `${kind}-${journal.error.code}`,
        severity: 'error',
        sentence: journal.error.sentence,
        next: journal.error.next,
      });
  }
  const open = rotation.ok && rotation.value !== undefined ? rotationState(rotation.value) : undefined;
  if (open === undefined || open.ended !== undefined) return notices;
  // Not while somebody is at it.
  if (desk.isBusy() || (await parts.lock.heldElsewhere()) !== undefined) return notices;
  const guided = lockdown.ok && lockdown.value !== undefined ? lockdownState(lockdown.value) : undefined;
  // An open lockdown comes first: until it is decided, no login is rotated by itself.
  const isPartOfLockdown = guided !== undefined && guided.reached === undefined;
  notices.push({
    id: 'rotation-open',
    severity: 'warning',
    sentence: `The rotation of ${open.login} is not finished.`,
    next: isPartOfLockdown
      ? 'Continue the guided lockdown, or take it back (General tab).'
      : 'Rotate it again to carry on, or put the former password back (Security tab).',
  });
  return notices;
}

/** The finished or unfinished lockdown that a summary is made of. */
export async function summarisedLockdown(operations: Operations) {
  const snapshot = await operations.reader.snapshot();
  if (snapshot.lockdown.state === 'none') return failed(failure('nothing-to-resume'));
  return succeed({ lockdown: snapshot.lockdown, snapshot });
}
