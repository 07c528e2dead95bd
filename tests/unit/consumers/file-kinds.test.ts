import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Secret } from '#shared/secret.ts';
import type { Holds } from '#electron/consumers/credential.ts';
import { envValue } from '#electron/consumers/env-value.ts';
import { iniValue } from '#electron/consumers/ini-value.ts';
import { jsonValue } from '#electron/consumers/json-value.ts';
import type { ValueFormat } from '#electron/consumers/located-value.ts';
import { textFileConsumer } from '#electron/consumers/text-file-consumer.ts';
import { udlValue } from '#electron/consumers/udl-value.ts';
import { attributeAt } from '#electron/consumers/xml-value.ts';
import { causeOf, codeOf, hostilePasswords, itIsAConsumer, randomPassword, valueOf } from './consumer-contract.ts';

/** The driver's own reader for connection strings. */
const require = createRequire(import.meta.url);
const { parse } = createRequire(require.resolve('mssql'))('@tediousjs/connection-string') as {
  readonly parse: (text: string) => ReadonlyMap<string, string>;
};

const connectionString = 'Server=acs;Database=Acs;User ID=acs_service;Password=ChangeMe123;Encrypt=true';
const inString = (text: string) => parse(text).get('password') ?? '';
const utf16 = (text: string) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
const textOf = (content: Uint8Array) =>
  content[0] === 0xff ? Buffer.from(content.subarray(2)).toString('utf16le') : Buffer.from(content).toString('utf8');

interface Kind {
  readonly name: string;
  readonly file: string;
  readonly content: string | Uint8Array;
  readonly holds: Holds;
  readonly format: ValueFormat;
  readonly readPassword: (content: Uint8Array) => string;
  /** Whether such a file can hold every password; otherwise what its readers would disagree on is refused. */
  readonly takesAll: boolean;
}

const json = (value: string) => `\ufeff{
  // kept
  "Logging": { "Level": "Warning" },
  "ConnectionStrings": { "Other": "Server=b;User ID=other;Password=canary other", "Acs": ${JSON.stringify(value)} }, /* too */
}
`;
const afterComments = (content: Uint8Array) =>
  JSON.parse(textOf(content).slice(1).replace('  // kept\n', '').replace(', /* too */', '')) as {
    ConnectionStrings: { Acs: string };
  };

const kinds: readonly Kind[] = [
  {
    name: 'JSON with comments, a connection string',
    file: 'appsettings.json',
    content: json(connectionString),
    holds: 'connection-string',
    format: jsonValue(['ConnectionStrings', 'Acs']),
    readPassword: (content) => inString(afterComments(content).ConnectionStrings.Acs),
    takesAll: true,
  },
  {
    name: 'JSON, a password',
    file: 'db.json',
    content: '{"db":{"us\\u0065r":"acs_service","password":"ChangeMe123"},"x":[1,2]}',
    holds: 'password',
    format: jsonValue(['db', 'password']),
    readPassword: (content) => (JSON.parse(textOf(content)) as { db: { password: string } }).db.password,
    takesAll: true,
  },
  {
    name: 'a setting of a .NET service',
    file: 'Acs.exe.config',
    content:
      '<configuration>\r\n<appSettings>\r\n<add key="DbUser" value="acs_service"/><add key="DbPassword" value="ChangeMe123"/>\r\n</appSettings>\r\n</configuration>',
    holds: 'password',
    format: attributeAt("configuration/appSettings/add[@key='DbPassword']/@value"),
    readPassword: (content) => {
      const { JSDOM } = require('jsdom') as {
        readonly JSDOM: new (text: string, options: object) => { readonly window: { readonly document: Document } };
      };
      const { document } = new JSDOM(textOf(content), { contentType: 'text/xml' }).window;
      return document.querySelector('add[key="DbPassword"]')?.getAttribute('value') ?? '';
    },
    takesAll: true,
  },
  {
    name: 'a data link in UTF-16',
    file: 'acs.udl',
    content: utf16(
      `[oledb]\r\n; Everything after this line is an OLE DB initstring\r\nProvider=SQLOLEDB.1;${connectionString}\r\n`,
    ),
    holds: 'connection-string',
    format: udlValue(),
    readPassword: (content) => inString(textOf(content).split('\r\n')[2] ?? ''),
    takesAll: false,
  },
  {
    name: 'INI, a password',
    file: 'acs.ini',
    content:
      '; kept\r\n[Other]\r\nPassword=canary other\r\n[Database]\r\nUser = acs_service\r\nPassword = ChangeMe123 \r\n',
    holds: 'password',
    format: iniValue('database', 'password'),
    readPassword: (content) => /\[Database\][^]*?\nPassword = ([^\r]*?) *\r/.exec(textOf(content))?.[1] ?? '',
    takesAll: false,
  },
  {
    name: 'INI, a connection string',
    file: 'acs2.ini',
    content: `[db]\nconnect=${connectionString}`,
    holds: 'connection-string',
    format: iniValue('db', 'connect'),
    readPassword: (content) => inString(/connect=(.*)$/m.exec(textOf(content))?.[1] ?? ''),
    takesAll: false,
  },
  {
    name: 'variables, in quotes',
    file: '.env',
    content: "# kept\nexport DB_USER=acs_service\nDB_PASSWORD='ChangeMe123' \nOTHER=canary\n",
    holds: 'password',
    format: envValue('DB_PASSWORD'),
    readPassword: (content) => /DB_PASSWORD='(.*)' $/m.exec(textOf(content))?.[1] ?? '',
    takesAll: false,
  },
  {
    name: 'variables, without quotes at the end of the file',
    file: 'acs.env',
    content: 'DB_PASSWORD=ChangeMe123',
    holds: 'password',
    format: envValue('DB_PASSWORD'),
    readPassword: (content) => textOf(content).slice('DB_PASSWORD='.length),
    takesAll: false,
  },
];

let folder = '';
let count = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mortise-consumer-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function placed({ file, holds, format }: Pick<Kind, 'file' | 'holds' | 'format'>, content: string | Uint8Array) {
  count += 1;
  const own = join(folder, String(count));
  await mkdir(own);
  const path = join(own, file);
  await writeFile(path, content);
  return { path, consumer: textFileConsumer({ id: 'acs', path, login: 'acs_service', holds, format }) };
}

describe.each(kinds)('$name', (kind) => {
  const make = async () => {
    const { path, consumer } = await placed(kind, kind.content);
    return { consumer, path, password: 'ChangeMe123', readPassword: kind.readPassword };
  };
  itIsAConsumer(make, { takesAll: kind.takesAll });

  it('takes what the generator makes', async () => {
    const { consumer, path } = await make();
    valueOf(await consumer.write(new Secret('Aa0.-_+Zz9'), null));
    expect(kind.readPassword(await readFile(path))).toBe('Aa0.-_+Zz9');
  });
});

describe('What such a file cannot hold for every reader', () => {
  it.each(kinds.filter(({ takesAll }) => !takesAll))(
    'is refused with the reason, and the file stays: $name',
    async (kind) => {
      const { path, consumer } = await placed(kind, kind.content);
      const before = await readFile(path);
      let refused = 0;
      for (const text of [...hostilePasswords, ...Array.from({ length: 100 }, randomPassword)]) {
        const written = await consumer.write(new Secret(text), null);
        if (written.ok) {
          expect(kind.readPassword(await readFile(path))).toBe(text);
          valueOf(await consumer.write(new Secret('ChangeMe123'), null));
        } else {
          expect(codeOf(written)).toBe('consumer-unreadable');
          expect(causeOf(written)).toMatch(/the new password /);
          refused += 1;
        }
        expect(await readFile(path), text).toEqual(before);
      }
      expect(refused).toBeGreaterThan(3);
    },
  );
});

describe('A file that is not as the profile says', () => {
  const secret = 'Kanarie-canary';
  const cases: readonly (readonly [string, ValueFormat, Holds, string, string])[] = [
    ['broken JSON', jsonValue(['a']), 'password', `{"a":"${secret}`, 'it is not well-formed JSON'],
    ['a key twice', jsonValue(['a']), 'password', `{"a":"${secret}","A":"x"}`, 'stands there twice'],
    ['a number', jsonValue(['a']), 'password', '{"a":7}', 'a is no text'],
    ['no such key', jsonValue(['a', 'b']), 'password', `{"a":"${secret}"}`, 'it has no a > b'],
    ['a section twice', iniValue('a', 'p'), 'password', `[a]\np=${secret}\n[A]\n`, 'it has the section [a] twice'],
    ['a key twice in INI', iniValue('a', 'p'), 'password', `[a]\np=${secret}\nP=x`, 'it has p in [a] twice'],
    ['quotes in INI', iniValue('a', 'p'), 'password', `[a]\np="${secret}"`, 'stands in quotes'],
    ['a comment in INI', iniValue('a', 'p'), 'password', `[a]\n;p=${secret}`, 'it has no p in [a]'],
    ['a variable twice', envValue('P'), 'password', `P=${secret}\nexport P=x`, 'it has P twice'],
    ['an expansion', envValue('P'), 'password', `P="${secret}$HOME"`, 'programs read differently'],
    ['a comment behind it', envValue('P'), 'password', `P=${secret} # x`, 'programs read differently'],
    ['a broken quote', envValue('P'), 'password', `P="${secret}`, 'programs read differently'],
    ['no data link', udlValue(), 'connection-string', connectionString, 'it does not begin with [oledb]'],
    ['an empty data link', udlValue(), 'connection-string', '[oledb]\n', 'it has no connection string'],
    ['two lines', udlValue(), 'connection-string', `[oledb]\n${connectionString}\nx=${secret}`, 'more than one line'],
    [
      'an encrypted section',
      attributeAt("configuration/appSettings/add[@key='p']/@value"),
      'password',
      '<configuration><appSettings configProtectionProvider="x"/></configuration>',
      'its settings are encrypted',
    ],
  ];
  it.each(cases)(
    'is refused with a reason that tells nothing of it: %s',
    async (_what, format, holds, content, why) => {
      const { path, consumer } = await placed({ file: 'file', holds, format }, content);
      for (const answer of [
        await consumer.read(),
        await consumer.preview(),
        await consumer.write(new Secret('x'), null),
      ]) {
        expect(codeOf(answer)).toBe('consumer-unreadable');
        expect(causeOf(answer)).toContain(why);
        expect(causeOf(answer)).not.toContain('canary');
      }
      expect((await readFile(path)).toString()).toBe(content);
    },
  );

  it('is refused where an ODBC connection string would need its braces', async () => {
    const format = iniValue('db', 'connect');
    const { consumer } = await placed(
      { file: 'odbc.ini', holds: 'connection-string', format },
      '[db]\nconnect=Driver={ODBC Driver 18 for SQL Server};Server=acs;UID=acs_service;PWD=ChangeMe123',
    );
    expect(valueOf(await consumer.read()).secret?.reveal()).toBe('ChangeMe123');
    expect(causeOf(await consumer.write(new Secret('a;b'), null))).toContain('ODBC');
    valueOf(await consumer.write(new Secret('Aa0.-_+Zz9'), null));
  });
});
