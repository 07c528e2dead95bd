import type { ProfileFault } from '#shared/site-profile.ts';
import { isUnder } from './draft-fields.ts';
import type { Assistant, AssistantStep } from './assistant-state.ts';

/** In which part of the assistant a path of the profile is written; what is nobody's own stands in the review. */
export function stepOfPath(path: string): AssistantStep {
  const [first = '', second = ''] = path.split('.');
  if (first === 'name') return 'start';
  if (first === 'endpoint') return second === 'database' ? 'database' : 'server';
  if (first === 'controllerTable') return 'table';
  return ['runLogin', 'serviceLogins', 'services', 'consumers'].includes(first) ? 'logins' : 'review';
}

export function faultsOf({ checked }: Assistant): readonly ProfileFault[] {
  return checked.state === 'answered' ? checked.value.faults : [];
}

export const faultsOfStep = (assistant: Assistant, step: AssistantStep): readonly ProfileFault[] =>
  faultsOf(assistant).filter(({ path }) => stepOfPath(path) === step);

/** What is wrong at a field: only once its part was left, so that nobody is told off while still filling it in. */
export function faultsAt(assistant: Assistant, path: string): readonly ProfileFault[] {
  if (!assistant.left.includes(stepOfPath(path))) return [];
  return faultsOf(assistant).filter((fault) => isUnder(fault.path, path));
}
