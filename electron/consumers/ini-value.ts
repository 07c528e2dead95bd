import { linesOf, plainValue, staysWhole } from './line-value.ts';
import type { Line } from './line-value.ts';
import type { LocatedValue, Refusal, ValueFormat } from './located-value.ts';

/** A line that says `key = value`, and where its value begins. */
interface Entry {
  readonly line: Line;
  readonly from: number;
}

/** The entries of that name in that section, and how often the section begins. */
function entriesIn(text: string, section: string, key: string) {
  const entries: (Entry & { readonly next: Line | undefined })[] = [];
  let inSection = section === '';
  let sections = 0;
  const lines = linesOf(text);
  for (const [index, line] of lines.entries()) {
    const title = /^\s*\[([^\]]*)\]/.exec(line.text)?.[1];
    if (title !== undefined) {
      inSection = title.trim().toLowerCase() === section.toLowerCase();
      if (inSection) sections += 1;
      continue;
    }
    const [, before, held] = /^(\s*([^=;#\s][^=]*?)\s*=(?:[ \t]*(?=\S)|[ \t]?))/.exec(line.text) ?? [];
    if (inSection && before !== undefined && held?.toLowerCase() === key.toLowerCase())
      entries.push({ line, from: before.length, next: lines[index + 1] });
  }
  return { entries, sections };
}

const indentOf = ({ text }: Line) => /^[ \t]*/.exec(text)?.[0].length ?? 0;

/** Python's reader takes a line that is indented more than the key as more of its value. */
const isContinued = (line: Line, next: Line | undefined) =>
  next !== undefined && indentOf(next) > indentOf(line) && !/^\s*(?:[;#]|$)/.test(next.text);

/**
 * A value of an INI file: `key = value` under `[section]` (empty: before the first), names without regard to case, as
 * Windows' own functions find it (GetPrivateProfileString). Windows takes quotes away, others keep them; some end a
 * value at a semicolon or a number sign behind a blank: such values are refused, read and written alike.
 */
export function iniValue(section: string, key: string): ValueFormat {
  const name = section === '' ? key : `${key} in [${section}]`;
  return {
    locate: (text): LocatedValue | Refusal => {
      const { entries, sections } = entriesIn(text, section, key);
      if (sections > 1) return { why: `it has the section [${section}] twice` };
      const [entry, second] = entries;
      if (entry === undefined) return { why: `it has no ${name}` };
      if (second !== undefined) return { why: `it has ${name} twice` };
      const { line, from, next } = entry;
      if (isContinued(line, next)) return { why: `the line behind ${name} may be a part of it` };
      const located = plainValue(line, from, Math.max(from, line.text.trimEnd().length));
      if (/^["']/.test(located.value)) return { why: `${name} stands in quotes, which programs read differently` };
      if (!staysWhole(located.value) || /(?:^|\s)[;#]/.test(located.value))
        return { why: `${name} holds signs that programs read differently` };
      return located;
    },
    written: (part) => part,
  };
}
