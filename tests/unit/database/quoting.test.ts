import { describe, expect, it } from 'vitest';
import { quoteIdentifier, quoteLiteral } from '#electron/database/quoting.ts';

describe('A name in a statement', () => {
  it.each([
    ['Controllers', '[Controllers]'],
    ['a b', '[a b]'],
    ['a]b', '[a]]b]'],
    [']]', '[]]]]]'],
    ['x]; DROP TABLE y--', '[x]]; DROP TABLE y--]'],
    ["O'Brien", "[O'Brien]"],
    ['[dbo].[x]', '[[dbo]].[x]]]'],
    ['$(Login)', '[$(Login)]'],
    ['Zähler🔐', '[Zähler🔐]'],
  ])('%j is quoted as %s', (name, quoted) => {
    expect(quoteIdentifier(name)).toBe(quoted);
  });

  it('has 1 to 128 characters and no NUL; another one is refused', () => {
    expect(quoteIdentifier('x'.repeat(128))).toHaveLength(130);
    for (const name of ['', 'x'.repeat(129), '\0', 'a\0b'])
      expect(() => quoteIdentifier(name), JSON.stringify(name)).toThrow('1 to 128');
  });
});

describe('A text in a statement', () => {
  it.each([
    ['', "N''"],
    ['plain', "N'plain'"],
    ["O'Brien", "N'O''Brien'"],
    ["''", "N''''''"],
    ["'; DROP TABLE y--", "N'''; DROP TABLE y--'"],
    ['a\\', "N'a\\'"],
    ['$(Login)', "N'$(Login)'"],
    ['line\nbreak', "N'line\nbreak'"],
    // Not an apostrophe for SQL Server's parser, which compares code points; it stays one character.
    ['ʼ', "N'ʼ'"],
  ])('%j is quoted as %s', (text, quoted) => {
    expect(quoteLiteral(text)).toBe(quoted);
  });

  it('has no NUL; it is refused, wherever it stands', () => {
    for (const text of ['\0', 'a\0', '\0a']) expect(() => quoteLiteral(text)).toThrow('NUL');
  });

  it('comes back as it was when the quotes are taken away', () => {
    const text = "a'b''c'''";
    expect(quoteLiteral(text).slice(2, -1).replaceAll("''", "'")).toBe(text);
  });
});
