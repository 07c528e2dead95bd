import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { consumerProposalSchema } from '#shared/consumer-profile.ts';
import { Secret } from '#shared/secret.ts';
import { consumerOf } from '#electron/consumers/consumer-of.ts';
import { findConsumers } from '#electron/consumers/find/find-consumers.ts';
import type { FindOptions } from '#electron/consumers/find/find-consumers.ts';
import { nobodyToAsk } from '#electron/machine/person-to-ask.ts';
import { valueOf } from './consumer-contract.ts';

const password = 'Kanarie-1';
const other = 'Kanarie-2';
const connection = `Server=acs;User ID=acs_service;Password=${password};Encrypt=true`;
const blob = 'AQAAANCMnd8BFdERjHoAwE/Cl+sBAAAAa2FuYXJpZS1jYW5hcnk=';
const utf16 = (text: string) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);

const contents: Readonly<Record<string, string | Uint8Array>> = {
  'Acs.exe.config': `<configuration>
  <connectionStrings>
    <add name="Acs" connectionString="${connection}"/>
    <add name="Windows" connectionString="Server=acs;Integrated Security=true"/>
  </connectionStrings>
  <appSettings>
    <add key="DbUser" value="acs_service"/>
    <add key="DbPassword" value="${password}"/>
    <add key="Other" value="Server=b;User ID=report;Password=${other}"/>
  </appSettings>
</configuration>`,
  'sealed.config':
    '<configuration><connectionStrings configProtectionProvider="DataProtectionConfigurationProvider"><EncryptedData/></connectionStrings></configuration>',
  'sub/appsettings.json': `{ // comment
  "ConnectionStrings": { "Acs": "${connection}", "Trusted": "Server=a;Integrated Security=true" },
  "Db": { "User": "acs_service", "Password": "${other}" },
  "Sealed": { "Password": "${blob}" }
}`,
  'sub/acs.ini': `; kept\n[Database]\nUser=acs_service\nPassword=${password}\n[Quoted]\nPassword="${other}"\n`,
  'sub/.env': `DB_USER=acs_service\nDB_PASSWORD='${password}'\n`,
  'sub/acs.udl': utf16(
    `[oledb]\r\n; Everything after this line is an OLE DB initstring\r\nProvider=X;${connection}\r\n`,
  ),
  'sub/broken.json': `{"Password":"${other}`,
  'sub/broken.config': `<configuration password="${other}" x=<`,
  'sub/notes.txt': `Password=${other}`,
  'sub/a/b/c/d/e/deep.ini': `[a]\nPassword=${other}`,
};

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mortise-find-'));
  for (const [name, content] of Object.entries(contents)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  await symlink(join(folder, 'sub'), join(folder, 'link'));
});
afterAll(() => rm(folder, { recursive: true }));

const find = async (options: Partial<FindOptions> = {}) =>
  await findConsumers({ places: [folder], logins: ['acs_service'], known: [new Secret(password)], ...options });

describe('the search for copies of passwords', () => {
  it('proposes each with its file, line, kind, login and what it holds', async () => {
    const { proposals } = await find();
    const told = proposals.map(({ place, line, kind, login, holds, entry }) =>
      [place.slice(folder.length + 1), line, kind, login, holds, entry === null ? 'no entry' : 'entry'].join(' | '),
    );
    expect(told.toSorted()).toEqual(
      [
        'Acs.exe.config | 3 | xml-config | acs_service | known secret | entry',
        'Acs.exe.config | 8 | xml-attribute | acs_service | known secret | entry',
        'Acs.exe.config | 9 | xml-attribute | report | another | entry',
        'sealed.config | 1 | xml-config |  | opaque | no entry',
        'sub/.env | 2 | env | acs_service | known secret | entry',
        'sub/acs.ini | 4 | ini | acs_service | known secret | entry',
        'sub/acs.ini | 6 | ini |  | another | no entry',
        'sub/acs.udl | 3 | udl | acs_service | known secret | entry',
        'sub/appsettings.json | 2 | json | acs_service | known secret | entry',
        'sub/appsettings.json | 3 | json | acs_service | another | entry',
        'sub/appsettings.json | 4 | json |  | opaque | no entry',
      ].toSorted(),
    );
    for (const proposal of proposals) expect(consumerProposalSchema.parse(proposal)).toEqual(proposal);
  });

  it('proposes entries that read the very password, each by a name of its own', async () => {
    const entries = (await find()).proposals.flatMap(({ entry, holds }) => (entry === null ? [] : [{ entry, holds }]));
    expect(new Set(entries.map(({ entry }) => entry.id)).size).toBe(entries.length);
    for (const { entry, holds } of entries) {
      const reading = valueOf(await consumerOf(entry, nobodyToAsk).read());
      expect(reading.secret?.reveal()).toBe(holds === 'known secret' ? password : other);
    }
  });

  it('answers no password, not even of a file that is broken', async () => {
    expect(JSON.stringify(await find())).not.toMatch(/Kanarie|AQAAANC/);
    expect(JSON.stringify(await find({ known: [] }))).not.toMatch(/Kanarie|AQAAANC/);
  });

  it('leaves out what the profile describes already', async () => {
    const all = await find();
    const described = all.proposals.flatMap(({ entry }) => (entry === null ? [] : [{ ...entry, id: 'x' }]));
    const { proposals } = await find({ described });
    expect(proposals.filter(({ entry }) => entry !== null)).toEqual([]);
    expect(proposals).toHaveLength(all.proposals.length - described.length);
  });

  it('says what it did not look at: links, what lies too deep, too many and too long, and what is not there', async () => {
    const { left } = await find({ places: [folder, join(folder, 'none'), 'relative', '//server/share'] });
    const told = left.map(({ place, why }) => `${place.replace(`${folder}/`, '')}: ${why}`);
    expect(told.toSorted()).toEqual(
      [
        '//server/share: it is no absolute path of this machine',
        'link: it is a symbolic link',
        'none: it does not exist',
        'relative: it is no absolute path of this machine',
        'sub/a/b/c/d: it lies too deep',
      ].toSorted(),
    );
    const few = await find({ limits: { depth: 4, files: 1, bytes: 100 } });
    expect(few.left.map(({ why }) => why)).toEqual(
      expect.arrayContaining(['enough files were looked at', 'it is too long for a configuration file']),
    );
  });
});
