import { z } from 'zod';
import { failureSchema } from './errors.ts';
import type { Failure } from './errors.ts';

/** Three-valued truth: what was read is known with the time it was read, or unknown with the cause. Never a default. */
export type Reading<T> =
  | { readonly state: 'known'; readonly at: string; readonly value: T }
  | { readonly state: 'unknown'; readonly at: string; readonly cause: Failure };

export function readingOf<S extends z.ZodType>(value: S) {
  return z.discriminatedUnion('state', [
    z.strictObject({ state: z.literal('known'), at: z.iso.datetime(), value }),
    z.strictObject({ state: z.literal('unknown'), at: z.iso.datetime(), cause: failureSchema }),
  ]);
}

export function known<T>(value: T, at: Date): Reading<T> {
  return { state: 'known', at: at.toISOString(), value };
}

export function unknown(
  cause: Failure,
  at: Date,
): { readonly state: 'unknown'; readonly at: string; readonly cause: Failure } {
  return { state: 'unknown', at: at.toISOString(), cause };
}

/** Derives one reading from another; unknown stays unknown with its cause. */
export function mapReading<A, B>(reading: Reading<A>, map: (value: A) => B): Reading<B> {
  return reading.state === 'known' ? { ...reading, value: map(reading.value) } : reading;
}
