import type { en } from './en.ts';

/** The shape of a language: English's keys, with any sentence in their place. Other languages must have the same. */
export type Text = Language<typeof en>;

type Language<T> = T extends string
  ? string
  : T extends (...facts: infer Facts) => string
    ? (...facts: Facts) => string
    : { readonly [Key in keyof T]: Language<T[Key]> };
