import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Secret } from '#shared/secret.ts';
import { generatePassword } from '#electron/secrets/password-generator.ts';
import { consumerOf } from '#electron/consumers/consumer-of.ts';
import { looksEncrypted, looksLikeEncryptedString } from '#electron/consumers/opaque.ts';
import { nobodyToAsk } from '#electron/machine/person-to-ask.ts';
import { causeOf, hostilePasswords } from './consumer-contract.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mortise-opaque-'));
});
afterAll(() => rm(folder, { recursive: true }));

const sealed = [
  'AQAAANCMnd8BFdERjHoAwE/Cl+sBAAAAZ7Ekanarie',
  '01000000D08C9DDF0115D1118C7A00C04FC297EB',
  'ENC(kanarie==)',
  '{cipher}kanarie',
  'encrypted:kanarie',
  'kanarie'.repeat(30),
];

describe('a value that only its own program can read', () => {
  it.each(sealed)('is recognised in place of a password, and left: %s', async (value) => {
    const path = join(folder, 'a.json');
    const content = JSON.stringify({ db: { password: value } });
    await writeFile(path, content);
    const consumer = consumerOf(
      { id: 'a', kind: 'json', path, pointer: '/db/password', holds: 'password', loginPointer: null, login: 'acs' },
      nobodyToAsk,
    );
    for (const result of [
      await consumer.read(),
      await consumer.preview(),
      await consumer.write(new Secret('x'), null),
    ]) {
      expect(causeOf(result)).toContain('looks encrypted; describe it as a command or a person');
      expect(causeOf(result)).not.toMatch(/kanarie|8C7A00C0/i);
    }
    expect(await readFile(path, 'utf8')).toBe(content);
  });

  it.each([...sealed.slice(0, 5), 'q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQ', '0x00112233445566778899aabbccddeeff0011'])(
    'is recognised in place of a connection string: %s',
    async (value) => {
      const path = join(folder, 'b.json');
      await writeFile(path, JSON.stringify({ db: value }));
      const consumer = consumerOf(
        { id: 'a', kind: 'json', path, pointer: '/db', holds: 'connection-string', loginPointer: null, login: 'acs' },
        nobodyToAsk,
      );
      expect(causeOf(await consumer.read())).toContain('looks encrypted');
      expect(causeOf(await consumer.read())).not.toContain(value);
    },
  );

  it('is not seen in a password that somebody chose or Mortise made, nor in a connection string', () => {
    const passwords = [...hostilePasswords, ...Array.from({ length: 50 }, () => generatePassword(128).reveal())];
    expect(passwords.filter(looksEncrypted)).toEqual([]);
    expect(looksLikeEncryptedString('Server=a;User ID=acs;Password=q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQ')).toBe(false);
    expect(looksLikeEncryptedString('Server=acs')).toBe(false);
  });
});
