import { assertNever } from '#shared/assert-never.ts';
import type { ChangeName } from '#shared/change-names.ts';
import type { ChangeRequest } from './change-request.ts';

/** The request for a change that needs nothing but what its dialog asks; null where something must be chosen first. */
export function plainRequest(change: ChangeName): ChangeRequest | null {
  switch (change) {
    case 'site.createRunLogin':
      return { change, mayChangeLogins: false };
    case 'sites.save':
    case 'sites.remove':
    case 'rotation.rotate':
    case 'rotation.rotateMany':
    case 'rotation.restore':
    case 'rotation.reconcile':
    case 'rotation.adopt':
    case 'rotation.reset':
    case 'rotation.tryDefaults':
    case 'secureMode.allow':
    case 'secureMode.atStart':
    case 'secureMode.bindInstance':
    case 'lockdown.run':
    case 'training.fault':
      return null;
    case 'site.prepare':
    case 'site.remove':
    case 'site.beginUpgrade':
    case 'site.restoreGuard':
    case 'commissioning.off':
    case 'commissioning.on':
    case 'commissioning.rehearse':
    case 'commissioning.renewRegister':
    case 'commissioning.adoptServer':
    case 'rotation.changeOwn':
    case 'recoveryKit.export':
    case 'recoveryKit.import':
    case 'secureMode.on':
    case 'secureMode.off':
    case 'lockdown.resume':
    case 'lockdown.undo':
    case 'lockdown.stop':
      return { change };
    default:
      return assertNever(change);
  }
}
