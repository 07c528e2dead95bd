import type { Result } from '#shared/result.ts';

/** JSON has no undefined: a call that answers nothing answers null on the control channel. */
export function done(answer: Result<null>): Result<undefined> {
  return answer.ok ? { ok: true, value: undefined } : answer;
}
