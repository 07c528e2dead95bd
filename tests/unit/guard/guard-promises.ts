import { rehearsedPromises } from './rehearsed-promises.ts';
import { switchedPromises } from './switched-promises.ts';
import type { GuardPromise } from './switched-promises.ts';

export type { GuardPromise } from './switched-promises.ts';

/** Everything that the guard promises, each asked of a freshly prepared site. */
export const guardPromises: readonly GuardPromise[] = [...switchedPromises, ...rehearsedPromises];
