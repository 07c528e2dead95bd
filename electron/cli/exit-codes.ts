import type { ErrorCode } from '#shared/errors.ts';
import { serverErrorCodes } from '#shared/server-errors.ts';

/** What the command line answers to the shell; documented in the README and stable. */
export const exitCodes = {
  done: 0,
  /** It failed: the sentence says why. */
  failed: 1,
  /** The arguments were not understood. */
  usage: 2,
  /** The person, or the site's state, said no: nothing was changed. */
  refused: 3,
  /** Somebody else is changing the site. */
  busy: 4,
  /** SQL Server cannot be reached or refuses the login. */
  unreachable: 5,
  /** It was read, and it is not as it should be: drift, a trail that does not hold, an unknown state. */
  notAsItShould: 6,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

const byError: Partial<Record<ErrorCode, ExitCode>> = {
  'consent-refused': exitCodes.refused,
  'not-allowed': exitCodes.refused,
  'already-so': exitCodes.refused,
  'plan-outdated': exitCodes.refused,
  'not-prepared': exitCodes.refused,
  'login-not-rotatable': exitCodes.refused,
  'nothing-to-resume': exitCodes.refused,
  cancelled: exitCodes.refused,
  busy: exitCodes.busy,
  ...Object.fromEntries(serverErrorCodes.map((code) => [code, exitCodes.unreachable])),
  'connection-lost': exitCodes.unreachable,
  'journal-damaged': exitCodes.notAsItShould,
  'bad-request': exitCodes.usage,
};

export function exitCodeOf(code: ErrorCode): ExitCode {
  return byError[code] ?? exitCodes.failed;
}
