import { judge } from './ground.ts';
import type { AssessmentGround, FindingsOf, Judged } from './ground.ts';
import { unreadSources } from './refused-programs.ts';
import { lineOf, writesFound } from './table-writers.ts';
import type { FoundWrite } from './table-writers.ts';

/**
 * OUTPUT without INTO on the table: refused (error 334) as soon as a trigger for the action is enabled, also while
 * commissioning mode is on.
 */
export const outputClauseFindings: FindingsOf = (ground) => {
  const candidates = writesFound(ground).filter(({ outputToClient }) => outputToClient);
  const membership = candidates.filter(({ actions }) => actions.some((action) => action !== 'UPDATE'));
  const updates = candidates.filter(({ actions }) => actions.includes('UPDATE'));
  const hidden = unreadSources(ground, 'output-clause');
  const found = [...membershipFinding(membership, ground), ...updateFinding(updates, ground)];
  if (found.length === 0 && hidden.every(({ finding }) => finding.severity !== 'unknown'))
    found.push(
      judge('output-clause', 'none', {
        severity: 'good',
        title: 'No statement was found that the guard would break',
        detail:
          'Neither a procedure nor the plan cache holds OUTPUT without INTO on the controller table (error 334). The plan cache holds what ran lately: assess again after the software was used in full.',
      }),
    );
  return [...found, ...hidden];
};

/** A vendor's own enabled trigger for the action means that such statements fail today already. */
function alreadyTriggered(action: 'INSERT' | 'UPDATE' | 'DELETE', { survey }: AssessmentGround): boolean {
  return (
    survey.table.ok &&
    survey.table.value.triggers.some(
      ({ disabled, insteadOf, events }) => !disabled && !insteadOf && events.some(({ event }) => event === action),
    )
  );
}

function membershipFinding(writes: readonly FoundWrite[], ground: AssessmentGround): readonly Judged[] {
  if (writes.length === 0) return [];
  const breaks = writes.filter(({ actions }) =>
    actions.some((action) => action !== 'UPDATE' && !alreadyTriggered(action, ground)),
  );
  const breaking = breaks.length > 0;
  return [
    judge('output-clause', 'membership', {
      severity: breaking ? 'blocking' : 'note',
      title: breaking
        ? 'The software adds or deletes controllers with OUTPUT without INTO'
        : 'OUTPUT without INTO is there, and fails already',
      detail: breaking
        ? 'With a guard on the table SQL Server refuses these statements (error 334), also while commissioning mode is on: controllers could no longer be added.'
        : 'A trigger for these actions is enabled now, so SQL Server refuses these statements today (error 334). The guard changes nothing about it.',
      next: breaking
        ? 'Ask the vendor for a version, or a setting, that works with triggers on this table. Many mappers have one ("the table has triggers").'
        : null,
      evidence: writes.map(lineOf),
      bears: ['commissioning mode'],
    }),
  ];
}

function updateFinding(writes: readonly FoundWrite[], ground: AssessmentGround): readonly Judged[] {
  if (writes.length === 0) return [];
  const { guardUpdates } = ground.profile.controllerTable;
  const breaking = guardUpdates && !alreadyTriggered('UPDATE', ground);
  return [
    judge('output-clause', 'updates', {
      severity: breaking ? 'blocking' : 'note',
      title: 'The software updates controllers with OUTPUT without INTO',
      detail: breaking
        ? 'With the guard of updates on the table SQL Server refuses these statements (error 334), heartbeats among them.'
        : guardUpdates
          ? 'A trigger for updates is enabled now, so SQL Server refuses these statements today (error 334).'
          : 'The profile leaves the guard of updates out, so they go on. Changed controllers are found by comparing with the register.',
      next: breaking
        ? 'Set guardUpdates to false in the profile: additions and deletions stay refused, changes are found by comparing.'
        : null,
      evidence: writes.map(lineOf),
      bears: ['commissioning mode'],
    }),
  ];
}
