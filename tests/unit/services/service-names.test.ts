import { describe, expect, it } from 'vitest';
import { addressOf } from '#electron/machine/win32-library.ts';
import { namesIn } from '#electron/services/windows/service-calls.ts';

/** A buffer as Windows fills it: entries of 48 bytes that begin with a pointer to a name, and the names behind them. */
function filled(names: readonly string[]): Buffer {
  const texts = names.map((name) => Buffer.from(`${name}\0`, 'utf16le'));
  const buffer = Buffer.concat([Buffer.alloc(names.length * 48, 0xee), ...texts]);
  let at = names.length * 48;
  for (const [index, text] of texts.entries()) {
    buffer.writeBigUInt64LE(addressOf(buffer) + BigInt(at), index * 48);
    at += text.length;
  }
  return buffer;
}

describe('the names that Windows writes into a buffer', () => {
  it('are read from where its pointers lead, in its order', () => {
    const names = ['Acs', 'Zugangskontrolle für Türen', 'サービス', 'x'.repeat(256)];
    const buffer = filled(names);
    expect(namesIn(buffer, addressOf(buffer), names.length)).toEqual(names);
  });

  it('are none where it found none', () => {
    expect(namesIn(Buffer.alloc(0), 0n, 0)).toEqual([]);
  });
});
