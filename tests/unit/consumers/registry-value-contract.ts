import { expect, it } from 'vitest';
import { Secret } from '#shared/secret.ts';
import type { Consumer } from '#electron/consumers/consumer.ts';
import type { RegistryValue } from '#electron/machine/registry.ts';
import { causeOf, codeOf, hostilePasswords, randomPassword, valueOf } from './consumer-contract.ts';

/** One value of a registry, reached by other means than the consumer's own. */
export interface RegistryPlace {
  read(): RegistryValue;
  write(content: RegistryValue): void;
  /** Takes the whole key away. */
  remove(): void;
}

export interface RegistryCase {
  readonly place: RegistryPlace;
  readonly connectionString: Consumer;
  readonly password: Consumer;
}

const text = (content: string, type = 1, zeros = 1): RegistryValue => ({
  type,
  bytes: Buffer.from(content + '\0'.repeat(zeros), 'utf16le'),
});
const plain = (content: RegistryValue) => ({
  type: content.type,
  text: Buffer.from(content.bytes).toString('utf16le'),
});

const whole = 'Server=s,1433;User ID=acs_service;Password=Winter-2019;Encrypt=true';

/** What a consumer that is a value of the registry promises; both consumers are of the login acs_service. */
export function itIsARegistryValueConsumer(make: () => RegistryCase): void {
  it('finds login and password in a connection string', async () => {
    const { place, connectionString } = make();
    place.write(text(whole));
    const reading = valueOf(await connectionString.read());
    expect(reading.login).toBe('acs_service');
    expect(reading.secret?.reveal()).toBe('Winter-2019');
    expect(valueOf(await connectionString.read()).revision).toBe(reading.revision);
  });

  it('takes any password into a connection string, and takes it out again without a trace', async () => {
    const { place, connectionString } = make();
    place.write(text(whole));
    for (const each of [...hostilePasswords, ...Array.from({ length: 20 }, randomPassword)]) {
      const { revision } = valueOf(await connectionString.read());
      valueOf(await connectionString.write(new Secret(each), revision));
      expect(valueOf(await connectionString.read()).secret?.reveal()).toBe(each);
      expect(plain(place.read()).text.startsWith('Server=s,1433;User ID=acs_service;Password=')).toBe(true);
      valueOf(await connectionString.write(new Secret('Winter-2019'), null));
      expect(plain(place.read())).toEqual(plain(text(whole)));
    }
  });

  it('takes any password as the whole value', async () => {
    const { place, password } = make();
    place.write(text('Winter-2019'));
    for (const each of [...hostilePasswords, ...Array.from({ length: 20 }, randomPassword)]) {
      valueOf(await password.write(new Secret(each), null));
      expect(valueOf(await password.read()).secret?.reveal()).toBe(each);
      expect(plain(place.read())).toEqual(plain(text(each)));
    }
  });

  it.each([
    ['REG_EXPAND_SZ', 2, 1],
    ['REG_SZ without its zero', 1, 0],
    ['REG_SZ with two zeros', 1, 2],
  ] as const)('keeps %s', async (_, type, zeros) => {
    const { place, password } = make();
    place.write(text('Winter-2019', type, zeros));
    valueOf(await password.write(new Secret('Summer-2026'), null));
    expect(plain(place.read())).toEqual(plain(text('Summer-2026', type, zeros)));
  });

  it('refuses what Windows would read a variable into', async () => {
    const { place, password } = make();
    place.write(text('Winter-2019', 2));
    expect(causeOf(await password.write(new Secret('%PATH%'), null))).toContain(
      'read a variable into the new password',
    );
    expect(plain(place.read())).toEqual(plain(text('Winter-2019', 2)));
    place.write(text('%PATH%', 2));
    expect(causeOf(await password.read())).toContain('read a variable into its password');
  });

  it('refuses a value that changed since it was read, and leaves it', async () => {
    const { place, password } = make();
    place.write(text('Winter-2019'));
    const { revision } = valueOf(await password.read());
    for (const changed of [text('Spring-2020'), text('Winter-2019', 2), text('Winter-2019', 1, 2)]) {
      place.write(changed);
      expect(codeOf(await password.write(new Secret('new'), revision))).toBe('consumer-changed');
      expect(plain(place.read())).toEqual(plain(changed));
    }
  });

  it.each([
    ['a number', { type: 4, bytes: Uint8Array.of(1, 0, 0, 0) }, 'neither of the type REG_SZ'],
    ['a list', { type: 7, bytes: Buffer.from('a\0b\0\0', 'utf16le') }, 'neither of the type REG_SZ'],
    ['half a character', { type: 1, bytes: Uint8Array.of(65, 0, 66) }, 'not a whole number of characters'],
    ['a text behind its end', text('Winter\0Summer'), 'goes on behind its end'],
  ] as const)('refuses %s, and leaves it', async (_, content, cause) => {
    const { place, password } = make();
    place.write(content);
    for (const result of [
      await password.read(),
      await password.preview(),
      await password.write(new Secret('x'), null),
    ]) {
      expect(codeOf(result)).toBe('consumer-unreadable');
      expect(causeOf(result)).toContain(cause);
    }
    expect(plain(place.read())).toEqual(plain(content));
  });

  it('refuses the connection string of another login', async () => {
    const { place, connectionString } = make();
    place.write(text(whole.replace('acs_service', 'sa')));
    expect(causeOf(await connectionString.write(new Secret('x'), null))).toContain('it logs in as sa');
  });

  it('shows what it would change without the password', async () => {
    const { place, connectionString } = make();
    place.write(text(whole));
    const line = 'Server=s,1433;User ID=acs_service;Password=[secret];Encrypt=true';
    expect(valueOf(await connectionString.preview())).toContain(`@@ -1 +1 @@\n-${line}\n+${line}\n`);
  });

  it('says that the key is not there', async () => {
    const { place, password } = make();
    place.write(text('Winter-2019'));
    place.remove();
    expect(causeOf(await password.read())).toContain('the key does not exist');
    expect(codeOf(await password.write(new Secret('x'), null))).toBe('consumer-unreadable');
  });
}
