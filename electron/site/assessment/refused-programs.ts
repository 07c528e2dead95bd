import { counted } from '#shared/counted.ts';
import { grantsFor, seesDefinitions, seesLogins } from './grants.ts';
import { judge, partlyHidden, unread } from './ground.ts';
import type { AssessmentGround, FindingsOf, Judged } from './ground.ts';
import { rightsOfLogins } from './rights-of-logins.ts';
import { isGuarded, lineOf, writesFound } from './table-writers.ts';

/** Who would be refused while commissioning mode is off: who is connected and may write, and what was seen to do it. */
export const refusedProgramFindings: FindingsOf = (ground) => [...connected(ground), ...statements(ground)];

function connected(ground: AssessmentGround): readonly Judged[] {
  const { connections, principals } = ground.survey;
  const grants = grantsFor(ground);
  if (!connections.ok)
    return [
      unread('refused-programs', 'sessions', {
        what: 'who is connected',
        cause: connections.error,
        grants: [grants.viewServerState],
      }),
    ];
  if (!principals.ok)
    return [unread('refused-programs', 'sessions', { what: 'who may write controllers', cause: principals.error })];
  if (!seesLogins(ground))
    return [
      partlyHidden('refused-programs', 'sessions', {
        what: 'who may write controllers',
        grants: [grants.viewAnyDefinition],
      }),
    ];
  const rights = rightsOfLogins(principals.value);
  const sessions = connections.value.sessions.filter(({ inDatabase, program }) => inDatabase && program !== 'Mortise');
  const writers = sessions.filter(({ login }) => rights.find(({ name }) => name === login)?.writes !== false);
  const lines = writers.map(({ login, program, host, sessions: count }) => {
    const known = rights.some(({ name }) => name === login);
    return `${login}, ${program || 'a program without a name'} on ${host || 'an unnamed machine'}: ${count}${known ? '' : ' (its rights come from a group and were not followed)'}`;
  });
  return [
    judge('refused-programs', 'sessions', {
      severity: 'note',
      title:
        writers.length === 0
          ? 'Nobody who is connected now may write controllers'
          : `${counted(writers.length, 'program that is', 'programs that are')} connected may write controllers`,
      detail:
        'While commissioning mode is off, each of them is refused when it adds, deletes or re-keys a controller. Everything else goes on.',
      evidence: lines,
    }),
  ];
}

function statements(ground: AssessmentGround): readonly Judged[] {
  const writes = writesFound(ground).filter((write) => isGuarded(write, ground));
  return [
    judge('refused-programs', 'statements', {
      severity: 'note',
      title:
        writes.length === 0
          ? 'No statement was found that would be refused'
          : `${counted(writes.length, 'statement', 'statements')} would be refused while commissioning mode is off`,
      detail:
        'Read from the procedures of the database and from the plan cache, which holds what ran lately. Statements that a program puts together in dynamic SQL are not all seen.',
      evidence: [...new Set(writes.map(lineOf))],
    }),
    ...bulkLoads(ground),
    ...unreadSources(ground, 'refused-programs'),
  ];
}

/** Loads that pass every trigger; the truncate stop and the comparison with the register are what is left. */
function bulkLoads(ground: AssessmentGround): readonly Judged[] {
  const loads = writesFound(ground).filter(({ firesTriggers }) => !firesTriggers);
  if (loads.length === 0) return [];
  return [
    judge('refused-programs', 'bulk', {
      severity: 'attention',
      title: 'Controllers are loaded in bulk, past every trigger',
      detail:
        'BULK INSERT without FIRE_TRIGGERS is not refused while commissioning mode is off. What it adds is found by comparing with the register, and named.',
      next: 'Ask the vendor when this runs.',
      evidence: [...new Set(loads.map(lineOf))],
    }),
  ];
}

/** What of modules and plan cache could not be read; the answers made from them are incomplete then. */
export function unreadSources(ground: AssessmentGround, area: 'refused-programs' | 'output-clause'): readonly Judged[] {
  const { modules, plans } = ground.survey;
  const grants = grantsFor(ground);
  const bears = area === 'output-clause' ? (['commissioning mode'] as const) : [];
  const found: Judged[] = [];
  if (!modules.ok)
    found.push(unread(area, 'modules', { what: 'the procedures of the database', cause: modules.error, bears }));
  else if (!seesDefinitions(ground))
    found.push(
      partlyHidden(area, 'modules', {
        what: 'the procedures of the database',
        grants: [grants.viewAnyDefinition],
        bears,
      }),
    );
  else if (modules.value.unreadable.length > 0)
    found.push(
      judge(area, 'encrypted', {
        severity: 'attention',
        title: `${counted(modules.value.unreadable.length, 'module is', 'modules are')} encrypted`,
        detail: 'Their text cannot be read, so what they write is not known.',
        next: 'Rehearse the lock while the software is used: a rehearsal shows what they do.',
        evidence: modules.value.unreadable,
      }),
    );
  if (!plans.ok)
    found.push(
      unread(area, 'plans', { what: 'the plan cache', cause: plans.error, grants: [grants.viewServerState], bears }),
    );
  return found;
}
