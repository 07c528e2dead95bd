import type { Failure } from './errors.ts';

/** What can be expected to fail answers a Result; an exception is a defect. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Failure };

export function succeed(): Result<undefined>;
export function succeed<T>(value: T): Result<T>;
export function succeed<T>(value?: T): Result<T | undefined> {
  return { ok: true, value };
}

export function failed(error: Failure): { readonly ok: false; readonly error: Failure } {
  return { ok: false, error };
}
