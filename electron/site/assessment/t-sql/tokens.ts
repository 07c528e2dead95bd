/**
 * One token of a T-SQL text. Comments and white space are left out; what stands in a string or between quotes is no
 * keyword, whatever it says.
 */
export interface Token {
  readonly kind: 'word' | 'name' | 'text' | 'number' | 'variable' | 'symbol';
  /** A word in upper case; a quoted name without its quotes; a string's content is not kept. */
  readonly value: string;
  /** As it was written, for names: words keep their case here. */
  readonly written: string;
}

const patterns = {
  space: /\s+/y,
  lineComment: /--[^\r\n]*/y,
  text: /[nN]?'(?:[^']|'')*(?:'|$)/y,
  bracketed: /\[(?:[^\]]|\]\])*(?:\]|$)/y,
  quoted: /"(?:[^"]|"")*(?:"|$)/y,
  variable: /@@?[\p{L}_@#$\p{N}]*/uy,
  word: /[\p{L}_#][\p{L}\p{N}_@#$]*/uy,
  number: /(?:0[xX][0-9a-fA-F]*|\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+)/y,
} as const;

/** Comments nest in T-SQL; one that is not closed takes everything behind it. */
function blockCommentEnd(text: string, from: number): number {
  let depth = 0;
  let at = from;
  while (at < text.length) {
    if (text.startsWith('/*', at)) {
      depth += 1;
      at += 2;
    } else if (text.startsWith('*/', at)) {
      depth -= 1;
      at += 2;
      if (depth === 0) return at;
    } else at += 1;
  }
  return text.length;
}

/** Takes any text apart, also one that is no T-SQL or was cut off: it never fails. */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found === undefined || found === '') return undefined;
    at += found.length;
    return found;
  };
  while (at < text.length) {
    if (match(patterns.space) !== undefined || match(patterns.lineComment) !== undefined) continue;
    if (text.startsWith('/*', at)) {
      at = blockCommentEnd(text, at);
      continue;
    }
    if (match(patterns.text) !== undefined) {
      tokens.push({ kind: 'text', value: '', written: "'…'" });
      continue;
    }
    const bracketed = match(patterns.bracketed);
    if (bracketed !== undefined) {
      const value = bracketed.slice(1, bracketed.endsWith(']') ? -1 : undefined).replaceAll(']]', ']');
      tokens.push({ kind: 'name', value, written: bracketed });
      continue;
    }
    const quoted = match(patterns.quoted);
    if (quoted !== undefined) {
      const value = quoted.slice(1, quoted.endsWith('"') ? -1 : undefined).replaceAll('""', '"');
      tokens.push({ kind: 'name', value, written: quoted });
      continue;
    }
    const variable = match(patterns.variable);
    if (variable !== undefined) {
      tokens.push({ kind: 'variable', value: variable, written: variable });
      continue;
    }
    const word = match(patterns.word);
    if (word !== undefined) {
      tokens.push({ kind: 'word', value: word.toUpperCase(), written: word });
      continue;
    }
    const number = match(patterns.number);
    if (number !== undefined) {
      tokens.push({ kind: 'number', value: number, written: number });
      continue;
    }
    const symbol = text[at] ?? '';
    at += 1;
    tokens.push({ kind: 'symbol', value: symbol, written: symbol });
  }
  return tokens;
}
