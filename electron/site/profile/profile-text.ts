import type { ProfileFault } from '#shared/site-profile.ts';
import { largestProfile } from '#shared/vocabulary.ts';

export type DecodedProfile =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly fault: ProfileFault };

const startsWith = (bytes: Uint8Array, mark: readonly number[]) => mark.every((byte, index) => bytes[index] === byte);

const utf8Mark = [0xef, 0xbb, 0xbf];
const utf16leMark = [0xff, 0xfe];
const utf16beMark = [0xfe, 0xff];
const utf32Marks = [
  [0xff, 0xfe, 0, 0],
  [0, 0, 0xfe, 0xff],
];

const refused = (code: ProfileFault['code'], sentence: string): DecodedProfile => ({
  ok: false,
  fault: { code, path: '', sentence },
});

export const tooLarge: ProfileFault = {
  code: 'size',
  path: '',
  sentence: `The file is larger than ${largestProfile / 1024} KiB, and a profile is some kilobytes: this is another file, or something in it is far too long.`,
};

/**
 * The text of a profile file: UTF-8 with or without a byte order mark, UTF-16 with one. Everything else is refused
 * rather than guessed at: names would become others.
 */
export function decodeProfile(bytes: Uint8Array): DecodedProfile {
  if (bytes.length > largestProfile) return { ok: false, fault: tooLarge };
  if (utf32Marks.some((mark) => startsWith(bytes, mark)))
    return refused('text', 'The file is UTF-32: save it as UTF-8.');
  if (startsWith(bytes, utf16leMark)) return decodeUtf16(Buffer.from(bytes.subarray(2)), 'little');
  if (startsWith(bytes, utf16beMark)) return decodeUtf16(Buffer.from(bytes.subarray(2)), 'big');
  // JSON begins with an ASCII character, so a NUL beside it shows UTF-16 (RFC 4627, section 3).
  if (bytes.length > 1 && (bytes[0] === 0) !== (bytes[1] === 0))
    return refused('text', 'The file is UTF-16 without a byte order mark: save it as UTF-8, or with the mark.');
  const content = startsWith(bytes, utf8Mark) ? bytes.subarray(utf8Mark.length) : bytes;
  try {
    return { ok: true, text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content) };
  } catch {
    const at = lineOfFirstBadByte(content);
    return refused('text', `The file is not UTF-8: line ${at} holds bytes that are no character. Save it as UTF-8.`);
  }
}

function decodeUtf16(bytes: Buffer, order: 'little' | 'big'): DecodedProfile {
  const broken = refused('text', 'The file is broken UTF-16: save it as UTF-8.');
  if (bytes.length % 2 !== 0) return broken;
  try {
    const little = order === 'little' ? bytes : bytes.swap16();
    return { ok: true, text: new TextDecoder('utf-16le', { fatal: true, ignoreBOM: true }).decode(little) };
  } catch {
    return broken;
  }
}

function lineOfFirstBadByte(bytes: Uint8Array): number {
  let line = 1;
  // A line feed is never a part of another character in UTF-8, so every line can be judged by itself.
  for (let from = 0; from <= bytes.length; line += 1) {
    const end = bytes.indexOf(0x0a, from);
    const until = end === -1 ? bytes.length : end;
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(from, until));
    } catch {
      return line;
    }
    if (end === -1) break;
    from = end + 1;
  }
  return line;
}
