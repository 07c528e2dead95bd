import { failure } from '#shared/errors.ts';
import { failed } from '#shared/result.ts';
import type { Change } from './change.ts';

/** Holds the place of a change that the contract names and nobody has built. */
export const notThereYet: Change<unknown> = {
  plan: async () => await Promise.resolve(failed(failure('not-allowed', { why: 'Not there yet.' }))),
};
