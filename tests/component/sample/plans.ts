import { assertNever } from '#shared/assert-never.ts';
import type { ChangeName } from '#shared/change-names.ts';
import type { Outcome, Plan, PlannedChange } from '#shared/plan.ts';
import { inMinutes, minutesAgo } from './moments.ts';

const alterLogin: PlannedChange = {
  kind: 'tsql',
  where: 'Acs',
  as: 'acs_service',
  text: "ALTER LOGIN [acs_service]\n  WITH PASSWORD = N'[secret]'\n  OLD_PASSWORD = N'[secret]';",
};
const commissioningOff: PlannedChange = {
  kind: 'tsql',
  where: 'Acs',
  as: 'mortise_run',
  text: "EXEC mortise.commissioning_off\n  @reason = N'Handover to the customer',\n  @expected_rowversion = 0x00000000000007D1;",
};
const block: PlannedChange = { kind: 'firewall', action: 'add', rule: 'drop tcp dport 49172 from other machines' };
const config: PlannedChange = {
  kind: 'file',
  path: '/var/lib/acs/AcsService.exe.config',
  diff: '--- AcsService.exe.config\n+++ AcsService.exe.config\n@@ -4,1 +4,1 @@\n-  connectionString="User ID=acs_service;Password=[secret]"\n+  connectionString="User ID=acs_service;Password=[secret]"',
};
const stop: PlannedChange = { kind: 'service', name: 'AcsService', action: 'stop' };
const start: PlannedChange = { kind: 'service', name: 'AcsService', action: 'start' };
const stage: PlannedChange = {
  kind: 'secret',
  store: 'Training keychain',
  entry: 'acs_service',
  action: 'store the new password as pending',
};

/** What each change would do, as a plan's steps. */
function changesOf(change: ChangeName): readonly PlannedChange[] {
  switch (change) {
    case 'site.prepare':
    case 'site.remove':
      return [{ kind: 'tsql', where: 'Acs', as: 'sa', text: 'CREATE SCHEMA mortise AUTHORIZATION dbo;' }];
    case 'commissioning.off':
    case 'site.createRunLogin':
    case 'site.beginUpgrade':
    case 'site.restoreGuard':
    case 'commissioning.rehearse':
    case 'commissioning.renewRegister':
    case 'commissioning.adoptServer':
    case 'sites.save':
    case 'sites.remove':
    case 'commissioning.on':
      return [commissioningOff];
    case 'rotation.rotate':
    case 'rotation.rotateMany':
    case 'rotation.restore':
    case 'rotation.reconcile':
    case 'rotation.adopt':
    case 'rotation.reset':
    case 'rotation.changeOwn':
    case 'rotation.tryDefaults':
    case 'recoveryKit.export':
    case 'recoveryKit.import':
      return [stage, stop, alterLogin, config, start];
    case 'secureMode.on':
    case 'secureMode.off':
    case 'secureMode.allow':
    case 'secureMode.atStart':
    case 'secureMode.bindInstance':
      return [block];
    case 'training.fault':
      return [{ kind: 'training', text: 'The next start of AcsService fails.' }];
    case 'lockdown.run':
    case 'lockdown.resume':
    case 'lockdown.undo':
    case 'lockdown.stop':
      return [];
    default:
      return assertNever(change);
  }
}

const lockdownSteps: Plan['steps'] = [
  { id: 'prepare', title: 'Prepare the site', changes: [...changesOf('site.prepare')] },
  { id: 'rotate', title: 'Rotate the password of acs_service', changes: [...changesOf('rotation.rotate')] },
  { id: 'commissioning-off', title: 'Switch commissioning mode off', changes: [commissioningOff] },
  { id: 'secure-mode-on', title: 'Switch secure mode on', changes: [block] },
  { id: 'prove', title: 'Prove every claim', changes: [] },
];

const weakening = new Set<ChangeName>(['commissioning.on', 'secureMode.off', 'rotation.restore', 'lockdown.undo']);

/** A plan as main would make it. */
export function samplePlan(change: ChangeName, different: Partial<Plan> = {}): Plan {
  const isLockdown = change.startsWith('lockdown.') && change !== 'lockdown.stop';
  return {
    planId: `plan-of-${change}`,
    digest: '9f2c',
    expiresAt: inMinutes(10),
    title: `Plan of ${change}`,
    summary: 'The controllers that are there now are registered, and changes to them are refused by the database.',
    steps: isLockdown ? lockdownSteps : [{ id: 'only', title: 'In one transaction', changes: [...changesOf(change)] }],
    affected: [{ who: 'AcsService', how: 'stops for about 5 seconds; doors keep working from their controllers' }],
    warnings: change === 'commissioning.off' ? ['2 controllers are asleep; they are registered as they are.'] : [],
    takeBack: { possible: true, how: 'Switch commissioning mode on again, with a reason.' },
    consent: weakening.has(change) ? 'Do you really want to weaken this site?' : null,
    ...different,
  };
}

/** An outcome in which all was proved. */
export function sampleOutcome(change: ChangeName, different: Partial<Outcome> = {}): Outcome {
  return {
    title: 'It is done and proved',
    summary: `What was planned for ${change} is in force.`,
    claims: [
      {
        claim: 'Commissioning mode is off.',
        verdict: 'verified',
        method: 'mortise.effective_state read back after the transaction',
        at: minutesAgo(0),
      },
    ],
    endedAt: minutesAgo(0),
    ...different,
  };
}
