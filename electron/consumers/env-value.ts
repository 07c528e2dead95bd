import { linesOf, plainValue, staysWhole } from './line-value.ts';
import type { Line } from './line-value.ts';
import type { LocatedValue, Refusal, ValueFormat } from './located-value.ts';

/** A line that sets the variable. */
interface Assignment {
  readonly line: Line;
  /** Where the value begins, its quote included. */
  readonly from: number;
  /** A line that only a shell understands. */
  readonly exported: boolean;
}

function assignmentsOf(text: string, name: string): readonly Assignment[] {
  return linesOf(text).flatMap((line): Assignment[] => {
    const [before, shell, held] = /^\s*(export\s+)?([A-Za-z_][\w.]*)\s*=(?:[ \t]*(?=\S)|[ \t]?)/.exec(line.text) ?? [];
    return before !== undefined && held === name ? [{ line, from: before.length, exported: shell !== undefined }] : [];
  });
}

/**
 * A variable of a file of variables, `NAME=value`, perhaps in quotes, as services, containers and programs read such
 * files, each with rules of its own. What is an escape, an expansion, a quote or a comment to one of them is refused,
 * read and written alike; so is what ends a word where `export` shows that a shell reads the file.
 */
export function envValue(name: string): ValueFormat {
  const differently = { why: `${name} holds signs that programs read differently` };
  return {
    locate: (text): LocatedValue | Refusal => {
      const [first, second] = assignmentsOf(text, name);
      if (first === undefined) return { why: `it has no ${name}` };
      if (second !== undefined) return { why: `it has ${name} twice` };
      const { line, from, exported } = first;
      const end = Math.max(from, line.text.trimEnd().length);
      const whole = line.text.slice(from, end);
      const quote = /^["']/.exec(whole)?.[0];
      if (quote === undefined) {
        const active = exported ? /[\s#\\$`"';&|<>()]/ : /[#\\$`"']/;
        return active.test(whole) || !staysWhole(whole) ? differently : plainValue(line, from, end);
      }
      const inner = whole.slice(1, -1);
      const active = quote === '"' ? /["\\$`]/ : /['\\$]/;
      if (whole.length < 2 || !whole.endsWith(quote) || active.test(inner) || !staysWhole(`|${inner}|`))
        return differently;
      return plainValue(line, from + 1, end - 1);
    },
    written: (part) => part,
  };
}
