/**
 * The code page of the collation that this server announces (SQL_Latin1_General_CP1_CI_AS): Latin-1 but for 0x80 to 0x9F.
 * Positions that the code page leaves open stand for themselves, as Windows maps them.
 */
const upperControls =
  '\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F' +
  '\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178';
const questionMark = 0x3f;
const byCharacter = new Map(Array.from(upperControls, (character, index) => [character, 0x80 + index] as const));

/** One byte a character; what the code page does not have becomes a question mark, as in SQL Server. */
export function encodeWindows1252(text: string): Buffer {
  const bytes = Buffer.allocUnsafe(text.length);
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    const direct = code < 0x80 || (code >= 0xa0 && code <= 0xff);
    bytes[index] = direct ? code : (byCharacter.get(text.charAt(index)) ?? questionMark);
  }
  return bytes;
}

export function decodeWindows1252(bytes: Uint8Array): string {
  const latin1 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  return latin1.replaceAll(/[\u0080-\u009F]/g, (character) => upperControls.charAt(character.charCodeAt(0) - 0x80));
}
