import { link, mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Secret } from '#shared/secret.ts';
import { xmlConfigConsumer } from '#electron/consumers/xml-config-consumer.ts';
import { causeOf, codeOf, itIsAConsumer, valueOf } from './consumer-contract.ts';

/** Readers that share nothing with the consumer: the driver's own for connection strings, a browser's for XML. */
const require = createRequire(import.meta.url);
const { parse } = createRequire(require.resolve('mssql'))('@tediousjs/connection-string') as {
  readonly parse: (text: string) => ReadonlyMap<string, string>;
};
const { JSDOM } = require('jsdom') as {
  readonly JSDOM: new (text: string, options: object) => { readonly window: { readonly document: Document } };
};

const connectionString = 'Server=127.0.0.1,1433;Database=Acs;User ID=acs_service;Password=ChangeMe123;Encrypt=true';
const config = (value: string, rest = '') => `<?xml version="1.0" encoding="utf-8"?>
<configuration>
  <!-- <add name="Acs" connectionString="User ID=x;Password=commented out"/> -->
  <custom><add name="Acs" connectionString="User ID=x;Password=not this"/></custom>
  <connectionStrings>
    <add name="Other" connectionString="Server=b;User ID=other;Password=canary other"/>
    <add name="Acs" connectionString="${value}" providerName="System.Data.SqlClient" />${rest}
  </connectionStrings>
</configuration>
`;

let folder = '';
let count = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mortise-consumer-'));
});
afterAll(() => rm(folder, { recursive: true }));

const utf16 = (text: string) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
const withMark = (text: string) => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text)]);

async function placed(content: string | Uint8Array, name = 'Acs', file = 'AcsService.exe.config') {
  count += 1;
  const own = join(folder, `${count} with blanks & ünïcode`);
  await mkdir(own);
  const path = join(own, file);
  await writeFile(path, content);
  return { path, consumer: xmlConfigConsumer({ id: 'acs', path, connectionString: name, login: 'acs_service' }) };
}

const causeAt = async (path: string) =>
  causeOf(await xmlConfigConsumer({ id: 'x', path, connectionString: 'Acs', login: 'acs_service' }).read());

/** The password as a browser's XML parser and the driver's connection string reader see it. */
function readPassword(content: Uint8Array): string {
  const text = new TextDecoder(content[0] === 0xff ? 'utf-16le' : 'utf-8').decode(content);
  const { document } = new JSDOM(text.trim(), { contentType: 'text/xml' }).window;
  const add = document.querySelector('connectionStrings > add[name="Acs"]');
  const settings = parse(add?.getAttribute('connectionString') ?? '');
  expect(settings.get('user id')).toBe('acs_service');
  expect(settings.get('encrypt')).toBe('true');
  expect(document.querySelectorAll('add')).toHaveLength(3);
  return settings.get('password') ?? '';
}

describe.each([
  ['UTF-8', (text: string) => Buffer.from(text)],
  ['UTF-8 with a byte order mark', withMark],
  ['UTF-16', utf16],
  ['UTF-8 with Windows line ends', (text: string) => Buffer.from(text.replaceAll('\n', '\r\n'))],
  ['UTF-8 in one line', (text: string) => Buffer.from(text.replaceAll('\n', ' '))],
])('a connection string in a .config file in %s', (_, encode) => {
  itIsAConsumer(async () => ({
    ...(await placed(encode(config(connectionString)))),
    password: 'ChangeMe123',
    readPassword,
  }));
});

describe('a connection string in a .config file', () => {
  it.each([
    ['Data Source=s;UID=acs_service;PWD=old;', 'old'],
    ['User=acs_service;password=old', 'old'],
    ['  User ID = acs_service ;  Password =  old  ; ', 'old'],
    ['User ID=acs_service;Password=&quot;o;l&quot;&quot;d&quot;;Pooling=true', 'o;l"d'],
    ["User ID=acs_service;Password='o;l''d'", "o;l'd"],
    ['User ID=acs_service;Password=a=b', 'a=b'],
    ['User ID=acs_service;Password=&#x6f;&#108;d', 'old'],
    ['User ID=acs_service;Password=', ''],
    ['User ID=acs_service;\r\n        Password=old;\r\n        Encrypt=true', 'old'],
    ['User ID=acs_service;Application Name="Password=x";Password=old'.replaceAll('"', '&quot;'), 'old'],
  ])('is understood as .NET understands it: %s', async (value, password) => {
    const { path, consumer } = await placed(config(value));
    expect(valueOf(await consumer.read()).secret?.reveal()).toBe(password);
    const before = await readFile(path, 'utf8');
    valueOf(await consumer.write(new Secret('N3w'), null));
    expect(valueOf(await consumer.read()).secret?.reveal()).toBe('N3w');
    // Everything up to the password and behind it is untouched.
    const after = await readFile(path, 'utf8');
    const at = after.indexOf('N3w', after.indexOf('name="Acs" connectionString'));
    expect(before.startsWith(after.slice(0, at))).toBe(true);
    expect(before.endsWith(after.slice(at + 3))).toBe(true);
  });

  it('is found where attributes are in single quotes, in another order, and over several lines', async () => {
    const text = `<configuration><connectionStrings>
<add
   connectionString='Server=s;User ID=acs_service;
     Password="it&apos;s"'
   name='ACS'/></connectionStrings></configuration>`;
    const { path, consumer } = await placed(text);
    expect(valueOf(await consumer.read()).secret?.reveal()).toBe("it's");
    valueOf(await consumer.write(new Secret(`it's "new"`), null));
    expect(valueOf(await consumer.read()).secret?.reveal()).toBe(`it's "new"`);
    expect(await readFile(path, 'utf8')).toContain('User ID=acs_service;\n     Password=');
  });

  it.each([
    ['not well-formed', '<configuration>', 'not well-formed'],
    ['empty', '', 'not well-formed'],
    ['without that name', config('x').replaceAll('name="Acs"', 'name="Acs2"'), 'no connection string Acs'],
    ['with that name twice', config(connectionString, '<add name="ACS" connectionString=""/>'), 'more than one'],
    ['without a login', config('Server=s;Password=x'), 'names no login'],
    ['without a password', config('Server=s;User ID=acs_service;Integrated Security=true'), 'names no password'],
    ['with two passwords', config('User ID=acs_service;Password=a;PWD=b'), 'password twice'],
    ['with another login', config('User ID=sa;Password=a'), 'logs in as sa'],
    ['with a torn connection string', config('User ID=acs_service;Password=&quot;a'), 'cannot be read'],
    [
      'encrypted',
      '<configuration><connectionStrings configProtectionProvider="DataProtectionConfigurationProvider"><EncryptedData/></connectionStrings></configuration>',
      'are encrypted',
    ],
    [
      'that points to another file',
      '<configuration><connectionStrings configSource="db.config"/></configuration>',
      'another file, db.config',
    ],
    [
      'with entities of its own',
      `<!DOCTYPE configuration [<!ENTITY p "old">]>${config('User ID=acs_service;Password=&p;').slice(39)}`,
      'not well-formed',
    ],
    ['in another encoding', Buffer.from(config(connectionString).replace('utf-8', 'windows-1252')), 'encoding'],
    ['that is not UTF-8', Buffer.concat([Buffer.from(config(connectionString)), Buffer.from([0xe4])]), 'encoding'],
    ['in UTF-16 without a mark', Buffer.from(config(connectionString), 'utf16le'), 'not well-formed'],
  ])('is refused in a file %s, with the reason, and the file is left', async (_, content, cause) => {
    const { path, consumer } = await placed(content);
    const before = await readFile(path);
    for (const result of [
      await consumer.read(),
      await consumer.preview(),
      await consumer.write(new Secret('x'), null),
    ]) {
      expect(codeOf(result)).toBe('consumer-unreadable');
      expect(causeOf(result)).toContain(cause);
    }
    expect(await readFile(path)).toEqual(before);
  });

  it.each(['\u0000', 'a\u0007', '\ud800', '\uffff'])(
    'is not given a password that XML cannot hold: %j',
    async (text) => {
      const { path, consumer } = await placed(config(connectionString));
      const before = await readFile(path);
      const result = await consumer.write(new Secret(text), null);
      expect(codeOf(result)).toBe('consumer-unreadable');
      expect(causeOf(result)).toContain('cannot hold');
      expect(await readFile(path)).toEqual(before);
    },
  );

  it('is shown with nothing but its own tag, so that no other secret is', async () => {
    const oneLine = config(connectionString).replaceAll('\n', ' ');
    for (const content of [config(connectionString), oneLine]) {
      const diff = valueOf(await (await placed(content)).consumer.preview());
      expect(diff).not.toContain('canary');
      expect(diff).not.toContain('not this');
      expect(diff).toContain('User ID=acs_service;Password=[secret];Encrypt=true');
    }
    const { path, consumer } = await placed(config(connectionString));
    const line = `    <add name="Acs" connectionString="${connectionString.replace('ChangeMe123', '[secret]')}"…`;
    expect(valueOf(await consumer.preview())).toBe(`--- ${path}\n+++ ${path}\n@@ -7 +7 @@\n-${line}\n+${line}\n`);
  });

  it.each([withMark, utf16])(
    'is read with blanks behind it, as a write that was interrupted leaves it',
    async (encode) => {
      const { consumer } = await placed(encode(`${config(connectionString)}    `));
      expect(valueOf(await consumer.read()).secret?.reveal()).toBe('ChangeMe123');
    },
  );

  it('stays one file where it has two names', async () => {
    const { path, consumer } = await placed(config(connectionString));
    await link(path, `${path}.second`);
    valueOf(await consumer.write(new Secret('new'), null));
    expect(await readFile(`${path}.second`)).toEqual(await readFile(path));
    expect((await stat(path)).nlink).toBe(2);
  });

  it('is refused below a symbolic link, on another machine, in a folder and without an absolute path', async () => {
    const { path } = await placed(config(connectionString));
    await symlink(join(path, '..'), join(folder, 'linked'));
    expect(await causeAt(join(folder, 'linked', 'AcsService.exe.config'))).toContain('symbolic link');
    expect(await causeAt('//server/share/AcsService.exe.config')).toContain('another machine');
    expect(await causeAt(join(path, '..'))).not.toBe('');
    expect(await causeAt('AcsService.exe.config')).toContain('not absolute');
  });

  it('lets nobody tell the content from the revision, not even in another process', async () => {
    const { consumer } = await placed(config(connectionString));
    const { revision } = valueOf(await consumer.read());
    const { createHash } = await import('node:crypto');
    expect(revision).not.toBe(createHash('sha256').update(config(connectionString)).digest('hex'));
    expect(revision).toMatch(/^[0-9a-f]{64}$/);
  });
});
