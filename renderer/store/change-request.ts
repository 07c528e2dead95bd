import { assertNever } from '#shared/assert-never.ts';
import type { ChangeName } from '#shared/change-names.ts';
import type { Client } from '#shared/client.ts';
import type { Outcome, Plan } from '#shared/plan.ts';
import type { Result } from '#shared/result.ts';
import type { AllowedAddress, InstanceLayer } from '#shared/secure-mode.ts';
import type { SiteProfile } from '#shared/site-profile.ts';
import { rehearsalMinutes } from '#shared/vocabulary.ts';

/** A change that somebody asked for by a control; what else it needs is asked in its dialog. */
export type ChangeRequest =
  | { readonly change: 'site.prepare' | 'site.remove' | 'site.beginUpgrade' | 'site.restoreGuard' }
  | { readonly change: 'site.createRunLogin'; readonly mayChangeLogins: boolean }
  | { readonly change: 'commissioning.rehearse' | 'commissioning.renewRegister' | 'commissioning.adoptServer' }
  | { readonly change: 'sites.save'; readonly id: string | null; readonly profile: SiteProfile }
  | { readonly change: 'sites.remove'; readonly id: string }
  | { readonly change: 'commissioning.off' | 'commissioning.on' }
  | { readonly change: 'rotation.rotate' | 'rotation.restore' | 'rotation.reconcile'; readonly login: string }
  | { readonly change: 'rotation.rotateMany'; readonly logins: readonly string[] }
  | { readonly change: 'rotation.adopt' | 'rotation.reset' | 'rotation.tryDefaults'; readonly login: string }
  | { readonly change: 'rotation.changeOwn' | 'recoveryKit.export' | 'recoveryKit.import' }
  | { readonly change: 'secureMode.on' | 'secureMode.off' }
  | { readonly change: 'secureMode.allow'; readonly allowed: readonly AllowedAddress[] }
  | { readonly change: 'secureMode.atStart'; readonly installed: boolean }
  | { readonly change: 'secureMode.bindInstance'; readonly layer: InstanceLayer }
  | { readonly change: 'lockdown.run'; readonly engineer: string; readonly login: string }
  | { readonly change: 'lockdown.resume' | 'lockdown.undo' | 'lockdown.stop' }
  | { readonly change: 'training.fault'; readonly fault: string; readonly on: boolean };

/** The setup principal's login as it was typed. Lives only in the call that carries it inwards. */
export type SetupLogin = { readonly login: string; readonly password: string } | null;

/** A person's own login with its password and the one it shall get. Lives only in the call that carries it inwards. */
export interface OwnPassword {
  readonly login: string;
  readonly from: string;
  readonly to: string;
}

/** What a dialog asks before a plan can be made. */
export type Question = 'reason' | 'open-until' | 'setup' | 'password' | 'own-password' | 'new-passphrase' | 'kit';

const secretQuestions: ReadonlySet<Question> = new Set(['setup', 'password', 'own-password', 'new-passphrase', 'kit']);

/** Whether its answer is a secret: that is never kept, so it is asked anew for every plan. */
export const asksForSecret = (question: Question): boolean => secretQuestions.has(question);

export const questions: { readonly [N in ChangeName]: readonly Question[] } = {
  'site.prepare': ['setup'],
  'site.remove': ['setup'],
  'site.createRunLogin': ['setup'],
  'site.beginUpgrade': ['reason', 'setup'],
  'site.restoreGuard': ['reason', 'setup'],
  'commissioning.off': ['reason'],
  'commissioning.on': ['reason', 'open-until'],
  'commissioning.rehearse': ['reason'],
  'commissioning.renewRegister': ['reason'],
  'commissioning.adoptServer': ['reason'],
  'sites.save': [],
  'sites.remove': [],
  'rotation.rotate': [],
  'rotation.rotateMany': [],
  'rotation.restore': [],
  'rotation.reconcile': [],
  'rotation.adopt': ['password'],
  'rotation.reset': ['setup'],
  'rotation.changeOwn': ['own-password'],
  'rotation.tryDefaults': [],
  'recoveryKit.export': ['new-passphrase'],
  'recoveryKit.import': ['kit'],
  'secureMode.on': [],
  'secureMode.off': ['reason'],
  'secureMode.allow': ['reason'],
  'secureMode.atStart': [],
  'secureMode.bindInstance': ['reason'],
  'lockdown.run': ['reason', 'setup'],
  'lockdown.resume': ['setup'],
  'lockdown.undo': ['setup'],
  'lockdown.stop': [],
  'training.fault': [],
};

export interface Answers {
  readonly reason: string;
  readonly openUntil: string | null;
  readonly setup: SetupLogin;
  /** The one password or passphrase that was asked for. */
  readonly secret: string;
  readonly own: OwnPassword | null;
}

/** Asks main for the plan of a change. Answers nothing but what main answers. */
export function planChange(client: Client, request: ChangeRequest, answers: Answers): Promise<Result<Plan>> {
  const { reason, openUntil, setup, secret } = answers;
  switch (request.change) {
    case 'site.prepare':
      return client.site.prepare.plan({ setup });
    case 'site.remove':
      return client.site.remove.plan({ setup });
    case 'commissioning.off':
      return client.commissioning.off.plan({ reason });
    case 'commissioning.on':
      return client.commissioning.on.plan({ reason, openUntil });
    case 'site.createRunLogin':
      return client.site.createRunLogin.plan({ setup, mayChangeLogins: request.mayChangeLogins });
    case 'site.beginUpgrade':
      return client.site.beginUpgrade.plan({ setup, reason });
    case 'site.restoreGuard':
      return client.site.restoreGuard.plan({ setup, reason });
    case 'commissioning.rehearse':
      return client.commissioning.rehearse.plan({ reason, minutes: rehearsalMinutes });
    case 'commissioning.renewRegister':
      return client.commissioning.renewRegister.plan({ reason });
    case 'commissioning.adoptServer':
      return client.commissioning.adoptServer.plan({ reason });
    case 'sites.save':
      return client.sites.save.plan({ id: request.id, profile: request.profile });
    case 'sites.remove':
      return client.sites.remove.plan({ id: request.id });
    case 'rotation.rotate':
      return client.rotation.rotate.plan({ login: request.login });
    case 'rotation.rotateMany':
      return client.rotation.rotateMany.plan({ logins: [...request.logins] });
    case 'rotation.restore':
      return client.rotation.restore.plan({ login: request.login });
    case 'rotation.reconcile':
      return client.rotation.reconcile.plan({ login: request.login });
    case 'rotation.adopt':
      return client.rotation.adopt.plan({ login: request.login, password: secret });
    case 'rotation.reset':
      return client.rotation.reset.plan({ login: request.login, setup });
    case 'rotation.changeOwn':
      return client.rotation.changeOwn.plan(answers.own ?? { login: '', from: '', to: '' });
    case 'rotation.tryDefaults':
      return client.rotation.tryDefaults.plan({ login: request.login });
    case 'recoveryKit.export':
      return client.recoveryKit.export.plan({ passphrase: secret });
    case 'recoveryKit.import':
      return client.recoveryKit.import.plan({ passphrase: secret });
    case 'secureMode.on':
      return client.secureMode.on.plan({});
    case 'secureMode.off':
      return client.secureMode.off.plan({ reason });
    case 'secureMode.allow':
      return client.secureMode.allow.plan({ allowed: [...request.allowed], reason });
    case 'secureMode.atStart':
      return client.secureMode.atStart.plan({ installed: request.installed });
    case 'secureMode.bindInstance':
      return client.secureMode.bindInstance.plan({ layer: request.layer, reason });
    case 'lockdown.run':
      return client.lockdown.run.plan({ engineer: request.engineer, login: request.login, reason, setup });
    case 'lockdown.resume':
      return client.lockdown.resume.plan({ setup });
    case 'lockdown.undo':
      return client.lockdown.undo.plan({ setup });
    case 'lockdown.stop':
      return client.lockdown.stop.plan({});
    case 'training.fault':
      return client.training.fault.plan({ fault: request.fault, on: request.on });
    default:
      return assertNever(request);
  }
}

type Halves = { readonly apply: (input: { readonly planId: string }) => Promise<Result<Outcome>> };
type Stoppable = { readonly cancel: (input: Record<string, never>) => Promise<Result<{ asked: boolean }>> };

const applying = (client: Client): { readonly [N in ChangeName]: Halves } => ({
  'site.prepare': client.site.prepare,
  'site.remove': client.site.remove,
  'site.createRunLogin': client.site.createRunLogin,
  'site.beginUpgrade': client.site.beginUpgrade,
  'site.restoreGuard': client.site.restoreGuard,
  'commissioning.rehearse': client.commissioning.rehearse,
  'commissioning.renewRegister': client.commissioning.renewRegister,
  'commissioning.adoptServer': client.commissioning.adoptServer,
  'sites.save': client.sites.save,
  'sites.remove': client.sites.remove,
  'commissioning.off': client.commissioning.off,
  'commissioning.on': client.commissioning.on,
  'rotation.rotate': client.rotation.rotate,
  'rotation.rotateMany': client.rotation.rotateMany,
  'rotation.restore': client.rotation.restore,
  'rotation.reconcile': client.rotation.reconcile,
  'rotation.adopt': client.rotation.adopt,
  'rotation.reset': client.rotation.reset,
  'rotation.changeOwn': client.rotation.changeOwn,
  'rotation.tryDefaults': client.rotation.tryDefaults,
  'recoveryKit.export': client.recoveryKit.export,
  'recoveryKit.import': client.recoveryKit.import,
  'secureMode.on': client.secureMode.on,
  'secureMode.off': client.secureMode.off,
  'secureMode.allow': client.secureMode.allow,
  'secureMode.atStart': client.secureMode.atStart,
  'secureMode.bindInstance': client.secureMode.bindInstance,
  'lockdown.run': client.lockdown.run,
  'lockdown.resume': client.lockdown.resume,
  'lockdown.undo': client.lockdown.undo,
  'lockdown.stop': client.lockdown.stop,
  'training.fault': client.training.fault,
});

/** Applies a plan that was shown, by its id and nothing else. */
export function applyChange(client: Client, change: ChangeName, planId: string): Promise<Result<Outcome>> {
  return applying(client)[change].apply({ planId });
}

const stoppable = (client: Client): { readonly [N in ChangeName]?: Stoppable } => ({
  'rotation.rotate': client.rotation.rotate,
  'rotation.rotateMany': client.rotation.rotateMany,
  'rotation.restore': client.rotation.restore,
  'rotation.reconcile': client.rotation.reconcile,
  'rotation.reset': client.rotation.reset,
  'lockdown.run': client.lockdown.run,
  'lockdown.resume': client.lockdown.resume,
  'lockdown.undo': client.lockdown.undo,
});

/** Asks a running change to stop at its next safe point; undefined where that does not exist. */
export function cancelChange(client: Client, change: ChangeName): Promise<Result<{ asked: boolean }>> | undefined {
  return stoppable(client)[change]?.cancel({});
}
