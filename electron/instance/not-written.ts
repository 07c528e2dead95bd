import { failure } from '#shared/errors.ts';
import { failed } from '#shared/result.ts';

/** Why the settings are not changed, in words that end a sentence. */
export class NotWritten extends Error {}

export const notWritten = (cause: string) => failed(failure('instance-not-written', { cause }));
