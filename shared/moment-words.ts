/** A moment in a sentence of main's, which knows no zone of whoever reads it: `2026-11-22 08:00 UTC`. */
export const momentWords = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
