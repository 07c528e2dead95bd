import { describe, expect, it } from 'vitest';
import { readProfile } from '#electron/site/profile/read-profile.ts';
import { storedProfile } from './stored-profile.ts';

const named = { ...storedProfile, name: 'Zürich 鍵 🔑' };
const text = JSON.stringify(named);
const utf16 = (order: 'little' | 'big', content = text) => {
  const bytes = Buffer.from(content, 'utf16le');
  return order === 'little' ? bytes : bytes.swap16();
};
const marked = (mark: readonly number[], content: Uint8Array) => Buffer.concat([Uint8Array.from(mark), content]);

const padded = (length: number) => Buffer.from(text + ' '.repeat(length - Buffer.byteLength(text)));

describe('The file of a profile', () => {
  it.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a byte order mark', marked([0xef, 0xbb, 0xbf], Buffer.from(text))],
    ['UTF-16 of Windows with a mark', marked([0xff, 0xfe], utf16('little'))],
    ['UTF-16 the other way round with a mark', marked([0xfe, 0xff], utf16('big'))],
    ['UTF-8 with the line ends of Windows', Buffer.from(JSON.stringify(named, null, 2).replaceAll('\n', '\r\n'))],
  ])('is read as it is in %s', (_what, bytes) => {
    expect(readProfile(bytes)).toEqual({ profile: named, faults: [] });
  });

  it.each([
    ['UTF-16 without a mark', utf16('little'), 'text', 'UTF-16 without a byte order mark'],
    ['UTF-16 the other way round without a mark', utf16('big'), 'text', 'UTF-16 without a byte order mark'],
    ['UTF-16 with half a unit', marked([0xff, 0xfe], utf16('little').subarray(1)), 'text', 'broken UTF-16'],
    ['UTF-16 with half a character', marked([0xff, 0xfe], utf16('little', '"\ud83d"')), 'text', 'broken UTF-16'],
    ['UTF-32', marked([0xff, 0xfe, 0, 0], Buffer.from(text)), 'text', 'UTF-32'],
    [
      'the code page of Western Europe',
      Buffer.from(JSON.stringify(named, null, 1), 'latin1'),
      'text',
      'not UTF-8: line 3',
    ],
    ['UTF-8 that is cut short', Buffer.from('{"name":"Zü').subarray(0, -1), 'text', 'not UTF-8: line 1'],
    ['an overlong form', Uint8Array.of(0x22, 0xc0, 0xaf, 0x22), 'text', 'not UTF-8'],
    ['half a character in UTF-8', Uint8Array.of(0x22, 0xed, 0xa0, 0xbd, 0x22), 'text', 'not UTF-8'],
    ['nothing', new Uint8Array(0), 'json', 'the file is empty'],
    ['a mark and nothing else', Uint8Array.of(0xef, 0xbb, 0xbf), 'json', 'the file is empty'],
    ['two marks', marked([0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf], Buffer.from(text)), 'json', 'Line 1, column 1'],
    ['NUL bytes', new Uint8Array(100), 'json', 'Line 1, column 1'],
    ['a database backup', new Uint8Array(10_000_000).fill(0x54), 'size', 'larger than 256 KiB'],
    ['an image', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a), 'text', 'not UTF-8: line 1'],
  ] as const)('is refused in %s', (_what, bytes, code, says) => {
    expect(readProfile(bytes)).toEqual({
      profile: null,
      faults: [{ code, path: '', sentence: expect.stringContaining(says) }],
    });
  });

  it('says what to do where its encoding is not read', () => {
    for (const bytes of [utf16('little'), Buffer.from('"\u00fc"', 'latin1'), marked([0xff, 0xfe], Uint8Array.of(0x22))])
      expect(readProfile(bytes).faults[0]?.sentence).toMatch(/[Ss]ave it as UTF-8/);
  });

  it('of every length up to the largest is read, and none beyond', () => {
    const largest = 256 * 1024;
    expect(readProfile(padded(largest)).profile).toEqual(named);
    expect(readProfile(padded(largest + 1)).faults).toMatchObject([{ code: 'size' }]);
  });
});
