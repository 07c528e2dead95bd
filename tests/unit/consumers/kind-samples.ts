import type { ConsumerProfile } from '#shared/consumer-profile.ts';

type WithoutPath<T> = T extends unknown ? Omit<T, 'path'> : never;
type FileConsumer = Extract<ConsumerProfile, { readonly path: string }>;

/** A file of each kind: what stands before the password, and behind it. */
export interface KindSample {
  readonly name: string;
  readonly file: string;
  readonly entry: WithoutPath<FileConsumer>;
  readonly before: string;
  readonly after: string;
  readonly encode: (text: string) => Uint8Array;
  /** Whether the format can hold every text, once it is no half character or a zero. */
  readonly holdsAll: boolean;
}

export const samplePassword = 'ChangeMe123';

const utf8 = (text: string) => Buffer.from(text);
const utf8WithMark = (text: string) => Buffer.from(`\uFEFF${text}`);
const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le');

const id = 'copy';
const login = 'acs_service';
const head = 'Server=acs,1433;Database=Acs;User ID=acs_service;Password=';
const tail = ';Encrypt=true';
const json = { head: `{\r\n  // kept\r\n  "Name": "ä €",\r\n`, tail: `\r\n  /* kept */\r\n}\r\n` };

export const kindSamples: readonly KindSample[] = [
  {
    name: 'xml-config',
    file: 'Acs.exe.config',
    entry: { id, kind: 'xml-config', connectionString: 'Acs', login },
    before: `<?xml version="1.0" encoding="utf-8"?>\r\n<configuration>\r\n<!-- ä; Password=kept --><connectionStrings>\r\n  <add name="Acs" connectionString="${head}`,
    after: `${tail}" />\r\n</connectionStrings></configuration>\r\n`,
    encode: utf8WithMark,
    holdsAll: false,
  },
  {
    name: 'xml-attribute',
    file: 'app.config',
    entry: {
      id,
      kind: 'xml-attribute',
      attribute: "configuration/appSettings/add[@key='DbPassword']/@value",
      holds: 'password',
      loginAttribute: "configuration/appSettings/add[@key='DbUser']/@value",
      login,
    },
    before: `<configuration><appSettings><add key='DbUser' value='acs_service'/><add key='DbPassword' value='`,
    after: `' x="kept"/></appSettings></configuration>`,
    encode: utf16,
    holdsAll: false,
  },
  {
    name: 'json with a connection string',
    file: 'appsettings.json',
    entry: {
      id,
      kind: 'json',
      pointer: '/ConnectionStrings/Acs',
      holds: 'connection-string',
      loginPointer: null,
      login,
    },
    before: `${json.head}  "ConnectionStrings": { "Other": "Password=kept", "Acs": "${head}`,
    after: `${tail}" },${json.tail}`,
    encode: utf8,
    holdsAll: true,
  },
  {
    name: 'json with a password',
    file: 'db.json',
    entry: { id, kind: 'json', pointer: 'Db.Password', holds: 'password', loginPointer: 'Db.User', login },
    before: `${json.head}  "Db": { "User": "acs_service", "Password": "`,
    after: `", "x": [1, 2] }${json.tail}`,
    encode: utf8WithMark,
    holdsAll: true,
  },
  {
    name: 'ini',
    file: 'acs.ini',
    entry: { id, kind: 'ini', section: 'Database', key: 'Password', holds: 'password', loginKey: 'User', login },
    before: '; kept\r\n[Other]\r\nPassword=kept\r\n[Database]\r\nUser=acs_service\r\nPassword=',
    after: '\r\n[More]\r\nx=1\r\n',
    encode: utf8,
    holdsAll: false,
  },
  {
    name: 'ini with a connection string',
    file: 'acs2.ini',
    entry: { id, kind: 'ini', section: 'db', key: 'connect', holds: 'connection-string', loginKey: null, login },
    before: `[db]\nconnect = ${head}`,
    after: `${tail}\n`,
    encode: utf8,
    holdsAll: false,
  },
  ...["'", '"', ''].map((quote): KindSample => ({
    name: `env ${quote === '' ? 'without quotes' : `in ${quote}`}`,
    file: '.env',
    entry: { id, kind: 'env', variable: 'DB_PASSWORD', holds: 'password', loginVariable: 'DB_USER', login },
    before: `# kept\nDB_USER=acs_service\n${quote === '' ? '' : 'export '}DB_PASSWORD=${quote}`,
    after: `${quote}\nOTHER=kept\n`,
    encode: utf8,
    holdsAll: false,
  })),
  {
    name: 'udl',
    file: 'acs.udl',
    entry: { id, kind: 'udl', login },
    before: `[oledb]\r\n; Everything after this line is an OLE DB initstring\r\nProvider=SQLOLEDB.1;${head}`,
    after: `${tail}\r\n`,
    encode: utf16,
    holdsAll: false,
  },
];
