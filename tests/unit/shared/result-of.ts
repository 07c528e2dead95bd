import type { ErrorCode } from '#shared/errors.ts';
import type { Result } from '#shared/result.ts';

/** The value of a Result that a test rests on. */
export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.sentence}`);
  return result.value;
}

export const codeOf = (result: Result<unknown>): ErrorCode | 'ok' => (result.ok ? 'ok' : result.error.code);

export const sentenceOf = (result: Result<unknown>): string => (result.ok ? 'ok' : result.error.sentence);
