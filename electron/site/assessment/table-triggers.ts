import type { SurveyedTable } from '#electron/database/assessment/survey.ts';
import { judge } from './ground.ts';
import type { AssessmentGround, Judged } from './ground.ts';

/** Mortise's own guards, wherever the vendor's triggers are meant. */
export const isOwnTrigger = (name: string) => name.toLowerCase().startsWith('mortise_guard');

/** Triggers that are there before Mortise's: in place of the statement, or in front of the guard. */
export function triggerFindings(_ground: AssessmentGround, { triggers }: SurveyedTable): readonly Judged[] {
  const others = triggers.filter(({ name }) => !isOwnTrigger(name));
  const inPlace = others.filter(({ insteadOf }) => insteadOf);
  const found: Judged[] = [];
  if (inPlace.length > 0)
    found.push(
      judge('controller-table', 'instead-of', {
        severity: 'blocking',
        title: 'A trigger stands in place of statements on the table',
        detail: 'An INSTEAD OF trigger decides what is written, so what the guard sees is not what the program sent.',
        next: 'Ask the vendor what it is for. Mortise does not lock this table while it is there.',
        evidence: inPlace.map(lineOf),
        bears: ['commissioning mode'],
      }),
    );
  const after = others.filter(({ insteadOf }) => !insteadOf);
  if (after.length === 0) return found;
  const ordered = after.some(({ events }) => events.some(({ first, last }) => first || last));
  return [
    ...found,
    judge('controller-table', 'triggers', {
      severity: ordered ? 'attention' : 'note',
      title: ordered ? 'Another trigger has a fixed place in the order' : `${after.length} other triggers on the table`,
      detail: ordered
        ? 'A trigger that is set to run first does its work before the guard refuses; the refusal undoes it, what it sent outside is not.'
        : 'They run beside the guard, in no fixed order. When the guard refuses, their work is undone with the statement.',
      next: ordered ? 'Find out what it does before you lock.' : null,
      evidence: after.map(lineOf),
    }),
  ];
}

function lineOf({ name, disabled, insteadOf, events }: SurveyedTable['triggers'][number]): string {
  const words = events.map(({ event, first, last }) => `${event}${first ? ' (first)' : ''}${last ? ' (last)' : ''}`);
  return `${name}: ${insteadOf ? 'INSTEAD OF' : 'AFTER'} ${words.join(', ')}${disabled ? ', disabled' : ''}`;
}
