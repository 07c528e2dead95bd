import type { Failure } from '#shared/errors.ts';

/** What travels back through the door: a value that fits its schema, or a failure with its code, sentence and next step. */
export type Envelope = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: Failure };
