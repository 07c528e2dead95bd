import type { Seeded } from './seeded.ts';

/** What ends, opens, hides or resembles something in T-SQL, in sqlcmd, in JavaScript's replacements or on a screen. */
const fragments: readonly string[] = [
  // Quotes, and characters that some conversion makes a quote of.
  "'",
  "''",
  "'''",
  ']',
  ']]',
  '[',
  '"',
  '""',
  '`',
  '\u{ff07}',
  '\u{02bc}',
  '\u{2018}',
  '\u{2019}',
  '\u{ff3d}',
  '\u{ff02}',
  // Comments, ends of statements, ends of batches.
  '--',
  '/*',
  '*/',
  ';',
  '\nGO\n',
  '\r\ngo 5\r\n',
  '; DROP TABLE x--',
  "'; SHUTDOWN--",
  '] WITH PASSWORD = N',
  "' OLD_PASSWORD = N'",
  "N'",
  '0x',
  // Escapes and variables of others.
  '\\',
  '\\\n',
  "\\'",
  '\\]',
  '$(Login)',
  '$(NewPassword)',
  '$(ControllerTable)',
  '$&',
  "$'",
  '$`',
  '$$',
  '$1',
  '%s',
  '{0}',
  '@a',
  '@@SPID',
  '#t',
  // Blanks and line ends.
  ' ',
  '  ',
  '\t',
  '\n',
  '\r',
  '\r\n',
  '\u{000b}',
  '\u{000c}',
  '\u{0085}',
  '\u{00a0}',
  '\u{2028}',
  '\u{2029}',
  '\u{feff}',
  // What is not seen, turns around, or is more or less than one character.
  '\u{0001}',
  '\u{001a}',
  '\u{007f}',
  '\u{200b}',
  '\u{202e}',
  '\u{2066}',
  'e\u{0301}',
  '\u{1f511}',
  '\u{d83d}',
  '\u{dd11}',
  // Not U+FFFF: it is the end of the text to Microsoft's parser, though not to the server.
  '\u{fffe}',
  // Ordinary ones.
  'a',
  'Zähler',
  'ключ',
  '鍵',
  'select',
  'NULL',
  'dbo.',
  '1',
];

const longest = 128;

const wholeTexts: readonly string[] = [
  ...fragments,
  ...["'", ']', '"', '-', '\\', ' ', '\u{1f511}', 'x'].map((each) => each.repeat(longest).slice(0, longest)),
  `${'x'.repeat(longest - 1)}'`,
  `${'x'.repeat(longest - 1)}]`,
  `${'x'.repeat(longest - 1)}\\`,
];

/** A name of 1 to 128 characters, none of them NUL. */
export function hostileName(random: Seeded): string {
  return random.below(8) === 0 ? random.of(wholeTexts) : composed(random, 1 + random.below(9)).slice(0, longest);
}

/** A text of any length, without NUL; the empty one occurs. */
export function hostileText(random: Seeded): string {
  switch (random.below(16)) {
    case 0:
      return '';
    case 1:
      return composed(random, 200);
    default:
      return hostileName(random);
  }
}

function composed(random: Seeded, parts: number): string {
  return Array.from({ length: parts }, () => random.of(fragments)).join('');
}
