import { randomInt } from 'node:crypto';
import { chmod, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import type { Result } from '#shared/result.ts';
import { Secret } from '#shared/secret.ts';
import type { Consumer } from '#electron/consumers/consumer.ts';

export const codeOf = (result: Result<unknown>) => (result.ok ? 'ok' : result.error.code);
export const causeOf = (result: Result<unknown>) => (result.ok ? '' : result.error.sentence);

export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.sentence);
  return result.value;
}

/** Passwords that mean something to connection strings, XML, shells, or to whoever forgot that they might. */
export const hostilePasswords: readonly string[] = [
  'plain',
  '',
  ' ',
  ' blanks around ',
  '"',
  "'",
  `"'`,
  `'"'"`,
  '""',
  "''",
  ';',
  '=',
  '==',
  'a;Password=b',
  `";Password="b`,
  `';Password='b`,
  '{braces}',
  '{',
  '&amp;',
  '&quot;',
  '&#39;',
  '&',
  '<',
  ']]>',
  '-->',
  '<!--',
  '"/><add name="x" connectionString="y"/>',
  '\t',
  '\n',
  '\r\n',
  'a\tb\nc\rd',
  '$(id)',
  '`id`',
  '%PATH%',
  '!!',
  '\\',
  '\\"',
  'äöüß',
  '€',
  '😀',
  '\u00a0',
  '\u2028',
  '\ufeff',
  '$&',
  '$1',
  '{{x}}',
  'x'.repeat(128),
  '[secret]',
];

const alphabet = Array.from(`aB3 ;='"{}&<>\\\t\n$%!-ä€😀`);

/** A password that nobody thought of. */
export function randomPassword(): string {
  return Array.from({ length: randomInt(12) }, () => alphabet[randomInt(alphabet.length)]).join('');
}

export interface ConsumerCase {
  readonly consumer: Consumer;
  /** The file that holds the credential, with a password to begin with. */
  readonly path: string;
  readonly password: string;
  /** Reads the password from the file's content in a way that shares nothing with the consumer. */
  readonly readPassword: (content: Uint8Array) => string;
}

/**
 * What every consumer that is a file promises. `takesAll`: whether it can hold any password; one that cannot refuses those
 * on which its readers would disagree.
 */
export function itIsAConsumer(make: () => Promise<ConsumerCase>, { takesAll = true } = {}): void {
  it('holds the login and the password that stand in the file', async () => {
    const { consumer, password } = await make();
    const reading = valueOf(await consumer.read());
    expect(reading.login).toBe(consumer.login);
    expect(reading.secret?.reveal()).toBe(password);
    expect(valueOf(await consumer.read()).revision).toBe(reading.revision);
  });

  const whereAllAreTaken = takesAll ? it : undefined;
  whereAllAreTaken?.('takes any password, gives it back, and takes it out again without a trace', async () => {
    const { consumer, path, password, readPassword } = await make();
    const before = await readFile(path);
    for (const text of [...hostilePasswords, ...Array.from({ length: 20 }, randomPassword)]) {
      const { revision } = valueOf(await consumer.read());
      valueOf(await consumer.write(new Secret(text), revision));
      expect(valueOf(await consumer.read()).secret?.reveal()).toBe(text);
      expect(readPassword(await readFile(path))).toBe(text);
      valueOf(await consumer.write(new Secret(password), null));
      expect(await readFile(path)).toEqual(before);
    }
  });

  it('writes to the same file, with owner and rights as they were', async () => {
    const { consumer, path } = await make();
    await chmod(path, 0o640);
    const before = await stat(path);
    valueOf(await consumer.write(new Secret('new-and-longer-than-before'), null));
    const { ino, mode, uid, gid, nlink } = await stat(path);
    expect({ ino, mode, uid, gid, nlink }).toEqual({
      ino: before.ino,
      mode: before.mode,
      uid: before.uid,
      gid: before.gid,
      nlink: before.nlink,
    });
  });

  it('refuses a file that changed since it was read, and leaves it', async () => {
    const { consumer, path } = await make();
    const { revision } = valueOf(await consumer.read());
    const changed = Buffer.concat([await readFile(path), Buffer.from('\n\n')]);
    await writeFile(path, changed);
    expect(codeOf(await consumer.write(new Secret('new'), revision))).toBe('consumer-changed');
    expect(await readFile(path)).toEqual(changed);
  });

  it('writes whatever is there when no revision is expected', async () => {
    const { consumer } = await make();
    valueOf(await consumer.write(new Secret('one'), null));
    valueOf(await consumer.write(new Secret('two'), null));
    expect(valueOf(await consumer.read()).secret?.reveal()).toBe('two');
  });

  it('shows what it would change without any password', async () => {
    const { consumer, path, password } = await make();
    const diff = valueOf(await consumer.preview());
    expect(diff).toContain('[secret]');
    expect(diff).not.toContain(password);
    expect(diff.split('\n').filter((line) => /^[-+][^-+]/.test(line))).toHaveLength(2);
    expect(diff.startsWith(`--- ${path}\n+++ ${path}\n@@ `)).toBe(true);
  });

  it('says that the file is not there', async () => {
    const { consumer, path } = await make();
    await rm(path);
    for (const result of [
      await consumer.read(),
      await consumer.preview(),
      await consumer.write(new Secret('x'), null),
    ]) {
      expect(codeOf(result)).toBe('consumer-unreadable');
      expect(causeOf(result)).toContain('it does not exist');
    }
  });

  it.skipIf(process.platform === 'win32')('does not follow a symbolic link', async () => {
    const { consumer, path } = await make();
    const content = await readFile(path);
    await rm(path);
    await writeFile(`${path}.elsewhere`, content);
    await symlink(`${path}.elsewhere`, path);
    for (const result of [await consumer.read(), await consumer.write(new Secret('x'), null)]) {
      expect(codeOf(result)).toBe('consumer-unreadable');
      expect(causeOf(result)).toContain('symbolic link');
    }
    expect(await readFile(`${path}.elsewhere`)).toEqual(content);
  });
}
