import { counted } from '#shared/counted.ts';
import { grantsFor } from './grants.ts';
import { judge, unread } from './ground.ts';
import type { AssessmentGround, Judged } from './ground.ts';

const bears = ['commissioning mode'] as const;

/** How many controllers there are, and how they are. */
export function rowFindings(ground: AssessmentGround): readonly Judged[] {
  const { controllers } = ground.survey;
  if (!controllers.ok)
    return [
      unread('controller-table', 'rows', {
        what: 'how many controllers there are',
        cause: controllers.error,
        grants: [grantsFor(ground).selectControllers],
        bears,
      }),
    ];
  const { total, asleep, withoutSerial } = controllers.value;
  const found: Judged[] = [
    judge('controller-table', 'rows', {
      severity: total === 0 ? 'attention' : 'note',
      title: total === 0 ? 'There are no controllers yet' : counted(total, 'controller', 'controllers'),
      detail:
        total === 0
          ? 'Locking an empty table keeps every controller out.'
          : 'Locking registers exactly these. Compare the number with what is installed.',
      next: total === 0 ? 'Commission the controllers first.' : null,
    }),
  ];
  if (withoutSerial > 0)
    found.push(
      judge('controller-table', 'serials', {
        severity: 'attention',
        title: `${counted(withoutSerial, 'controller has', 'controllers have')} no serial number`,
        detail: 'Without one, a replaced controller is not told from the one before it.',
        next: 'Have the serial numbers filled in before you lock.',
      }),
    );
  if (ground.profile.controllerTable.lastSeen === null)
    found.push(
      judge('controller-table', 'asleep', {
        severity: 'note',
        title: 'Which controllers are asleep is not known',
        detail: 'The profile names no column that says when a controller was last heard of.',
      }),
    );
  else
    found.push(
      judge('controller-table', 'asleep', {
        severity: asleep > 0 ? 'attention' : 'good',
        title:
          asleep > 0
            ? `${asleep} of ${counted(total, 'controller', 'controllers')} asleep`
            : 'Every controller was heard of lately',
        detail: `Asleep: not heard of for 2.5 heartbeats of ${ground.profile.controllerTable.heartbeatSeconds} s. Asleep is not missing.`,
        next: asleep > 0 ? 'Find out whether they are switched off, or gone.' : null,
      }),
    );
  return found;
}
