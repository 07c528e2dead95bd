import { assertNever } from './assert-never.ts';
import type { PlannedChange } from './plan.ts';

/** One planned change as text. */
export function changeText(change: PlannedChange): string {
  switch (change.kind) {
    case 'tsql':
      return `-- in ${change.where}, as ${change.as}\n${change.text}`;
    case 'file':
      return `${change.path}\n${change.diff}`;
    case 'firewall':
      return `firewall: ${change.action} ${change.rule}`;
    case 'service':
      return `${change.action} service ${change.name}`;
    case 'secret':
      return `${change.entry} in ${change.store}: ${change.action}`;
    case 'command':
      return `$ ${change.text}`;
    case 'training':
      return change.text;
    default:
      return assertNever(change);
  }
}
