import type { Reading } from '#shared/reading.ts';

export function valueIn<T>(reading: Reading<T>): T {
  if (reading.state === 'unknown') throw new Error(reading.cause.sentence);
  return reading.value;
}

/** Why it is unknown; 'known' where it is not. */
export const whyUnknown = (reading: Reading<unknown>): string =>
  reading.state === 'unknown' ? reading.cause.sentence : 'known';
