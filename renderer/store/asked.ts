import type { Failure } from '#shared/errors.ts';
import type { Result } from '#shared/result.ts';

/** Something that main is asked for now and then: not yet, on its way, what it answered, or why it could not. */
export type Asked<T> =
  | { readonly state: 'not-asked' }
  | { readonly state: 'asking' }
  | { readonly state: 'answered'; readonly value: T }
  | { readonly state: 'failed'; readonly failure: Failure };

export const notAsked = { state: 'not-asked' } as const;

/** What came of asking. */
export function answerOf<T>(result: Result<T>): Asked<T> {
  return result.ok ? { state: 'answered', value: result.value } : { state: 'failed', failure: result.error };
}
