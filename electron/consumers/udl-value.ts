import { linesOf, plainValue, staysWhole } from './line-value.ts';
import type { LocatedValue, Refusal, ValueFormat } from './located-value.ts';

/**
 * A Universal Data Link (`.udl`): `[oledb]`, comments, and one line with the connection string of OLE DB ("Everything after
 * this line is an OLE DB initstring"), quoted as ADO.NET's are.
 */
export function udlValue(): ValueFormat {
  return {
    locate: (text): LocatedValue | Refusal => {
      const [title, ...lines] = linesOf(text).filter(({ text: line }) => !/^\s*(?:;.*)?$/.test(line));
      if (title?.text.trim().toLowerCase() !== '[oledb]') return { why: 'it does not begin with [oledb]' };
      const [line, ...more] = lines;
      if (line === undefined) return { why: 'it has no connection string' };
      if (more.length > 0) return { why: 'it has more than one line with a connection string' };
      const end = line.text.trimEnd().length;
      if (!staysWhole(`|${line.text.slice(0, end)}|`)) return { why: 'its connection string has a control character' };
      return plainValue(line, 0, end);
    },
    written: (part) => part,
  };
}
