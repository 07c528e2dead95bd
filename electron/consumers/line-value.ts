import type { LocatedValue } from './located-value.ts';

/** One line of a file of settings, without its end. */
export interface Line {
  readonly text: string;
  readonly start: number;
}

export function linesOf(text: string): readonly Line[] {
  return Array.from(text.matchAll(/[^\r\n]+/g), (match) => ({ text: match[0], start: match.index }));
}

/** A value that stands in its line as it is, from one place to another. */
export function plainValue(line: Line, from: number, to: number): LocatedValue {
  const start = line.start + from;
  return {
    value: line.text.slice(from, to),
    offsets: Array.from({ length: to - from + 1 }, (_none, at) => start + at),
    shown: { start: line.start, end: line.start + to },
  };
}

/** What ends a line for one program or another, or is invisible in it. */
const endsLines = /[\p{Cc}\u2028\u2029]/u;

/** Whether a value is the same to every program that takes the rest of a line: none trims it, none ends it early. */
export const staysWhole = (value: string): boolean => !endsLines.test(value) && !/^[\s\uFEFF]|[\s\uFEFF]$/u.test(value);
