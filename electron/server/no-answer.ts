import type { Failure } from '#shared/errors.ts';

/**
 * What a transport answers when main does not: the words of `internal`, written out so that a preload or a page's
 * script carries no schema library for them. A test holds them equal to the catalogue.
 */
export const noAnswer: { readonly ok: false; readonly error: Failure } = {
  ok: false,
  error: {
    code: 'internal',
    sentence: 'Mortise made a mistake (no-answer).',
    next: 'What was in force stays in force. Look at the trail, and report this with the identifier.',
  },
};
