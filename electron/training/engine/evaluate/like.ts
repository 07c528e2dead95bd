import { sqlError } from '../sql-error.ts';
import type { Collation } from '../values/collation.ts';

/** LIKE's wildcards (learn.microsoft.com/sql/t-sql/language-elements/like-transact-sql) as a regular expression. */
export function likePattern(pattern: string, escape: string | undefined, collation: Collation): RegExp {
  if (escape !== undefined && escape.length !== 1) throw sqlError(50001, `the escape character '${escape}' of LIKE`);
  let source = '';
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern.charAt(i);
    if (char === escape) {
      source += literal(pattern.charAt(++i));
    } else if (char === '%') {
      source += '.*';
    } else if (char === '_') {
      source += '.';
    } else if (char === '[') {
      const end = pattern.indexOf(']', i + 2);
      if (end < 0) return /(?!)/;
      source += characterSet(pattern.slice(i + 1, end));
      i = end;
    } else {
      source += literal(char);
    }
  }
  const ignoresCase = collation.key('a') === collation.key('A');
  return new RegExp(`^${source}$`, ignoresCase ? 'is' : 's');
}

function literal(char: string): string {
  return char.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
}

function characterSet(inside: string): string {
  const negated = inside.startsWith('^');
  const members = (negated ? inside.slice(1) : inside).replaceAll(/[\\\]^[]/g, String.raw`\$&`);
  return `[${negated ? '^' : ''}${members}]`;
}
