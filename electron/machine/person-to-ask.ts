import { failure } from '#shared/errors.ts';
import { failed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { Secret } from '#shared/secret.ts';

/** A password that a person has to type where no program can. */
export interface HandOver {
  /** The place, as the person knows it. */
  readonly place: string;
  readonly instructions: string;
  readonly login: string;
  readonly secret: Secret;
}

/** Hands a password to the person at the machine, in a place that the page cannot see. */
export interface PersonToAsk {
  /** Waits until the person says that it is done, or gives up; `not-allowed` where nobody can be asked. */
  handOver(task: HandOver): Promise<Result<'done' | 'cancelled'>>;
}

/** Where nobody sits whom a password may be shown to. */
export const nobodyToAsk: PersonToAsk = {
  handOver: async ({ place, login }) =>
    await Promise.resolve(
      failed(
        failure('not-allowed', {
          why: `The password of ${login} has to be entered by a person in ${place}: do this in the Mortise window or on a terminal.`,
        }),
      ),
    ),
};
