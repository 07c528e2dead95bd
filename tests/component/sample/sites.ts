import { siteProfileSchema } from '#shared/site-profile.ts';
import type { ProfileFault, SiteProfile } from '#shared/site-profile.ts';
import type {
  CheckedProfile,
  Discovery,
  Greeting,
  ProfileDifference,
  SiteEntry,
  SiteTemplate,
  TableCandidate,
} from '#shared/sites.ts';
import { daysAgo, hoursAgo } from './moments.ts';

/** Paths as main writes them, each with a sentence that says what to write there. */
function faultsOf(issues: readonly { readonly path: readonly PropertyKey[] }[]): readonly ProfileFault[] {
  return issues.map(({ path }) => {
    const where = path.map(String).join('.');
    return { code: 'missing', path: where, sentence: `Write what belongs at “${where}”.` };
  });
}

/** Judges a profile by its schema. Main words it better and finds more; the screens need paths and sentences. */
export function checkedAsMainWould(text: string): CheckedProfile {
  const parsed = siteProfileSchema.safeParse(JSON.parse(text));
  return parsed.success
    ? { profile: parsed.data, faults: [] }
    : { profile: null, faults: [...faultsOf(parsed.error.issues)] };
}

export function sampleProfile(different: Partial<SiteProfile> = {}): SiteProfile {
  return {
    format: 1,
    name: 'Harbour Office',
    endpoint: {
      host: 'localhost',
      transport: { kind: 'instance', instance: 'NET2' },
      trust: { kind: 'loopback-unverified' },
      database: 'Net2',
    },
    controllerTable: {
      schema: 'dbo',
      table: 'ACU',
      key: { column: 'AcuId', type: 'int' },
      identifying: [{ column: 'SerialNumber', type: 'nvarchar(32)' }],
      serial: 'SerialNumber',
      displayName: 'Name',
      address: 'IPAddress',
      model: 'Model',
      lastSeen: { column: 'LastPolled', timeBase: 'local' },
      heartbeatSeconds: 60,
      unsupportedModels: ['ACU-1'],
      guardUpdates: true,
    },
    runLogin: 'mortise_run',
    serviceLogins: [{ login: 'net2_service', services: ['Net2ClientSvc'], consumers: ['net2-client'] }],
    services: [{ name: 'Net2ClientSvc' }, { name: 'Net2 Service' }],
    consumers: [
      {
        id: 'net2-client',
        kind: 'xml-config',
        path: 'C:\\Program Files\\Net2\\Net2Client.exe.config',
        connectionString: 'Net2',
        login: 'net2_service',
      },
    ],
    ...different,
  };
}

/** Three sites: one seen lately, one that differed when it was seen, and one whose stored file is damaged. */
export function sampleLibrary(): SiteEntry[] {
  return [
    {
      id: 'harbour-office',
      profile: sampleProfile(),
      faults: [],
      lastSeen: { at: hoursAgo(3), commissioning: 'off', controllers: 24, drift: 0 },
      open: false,
    },
    {
      id: 'north-gate',
      profile: sampleProfile({ name: 'North Gate' }),
      faults: [],
      lastSeen: { at: daysAgo(12), commissioning: 'locked-by-time', controllers: 1204, drift: 2 },
      open: false,
    },
    {
      id: 'old-mill',
      profile: null,
      faults: [
        { code: 'json', path: '', sentence: 'Line 14, column 3: a comma is missing here.' },
        { code: 'range', path: 'endpoint.transport.port', sentence: 'A port is a number from 1 to 65535.' },
      ],
      lastSeen: null,
      open: false,
    },
  ];
}

export const sampleDifference: ProfileDifference[] = [
  { path: 'endpoint.host', left: 'localhost', right: 'GATE-SRV' },
  { path: 'controllerTable.unsupportedModels.0', left: 'ACU-1', right: null },
];

const { name: _name, endpoint: _endpoint, ...ofNet2 } = sampleProfile();
const net2 = {
  ...ofNet2,
  name: '',
  endpoint: { host: '', transport: { kind: 'instance', instance: 'NET2' }, trust: { kind: '' }, database: 'Net2' },
  controllerTable: { ...ofNet2.controllerTable, schema: '', table: '', key: { column: '', type: '' }, identifying: [] },
};

export const sampleTemplates: SiteTemplate[] = [
  {
    id: 'generic',
    title: 'Any software',
    about: 'Knows nothing; you or the server say it all.',
    draft: {},
    confirm: [],
  },
  {
    id: 'net2',
    title: 'Net2',
    about: 'Knows the instance, the database and the services. The controller table is to be confirmed.',
    draft: JSON.parse(JSON.stringify(net2)) as SiteTemplate['draft'],
    confirm: ['endpoint.transport.instance', 'controllerTable', 'services'],
  },
];

export const fingerprint =
  '5E:0A:9C:11:3B:77:AF:02:D4:90:61:2E:88:4C:19:F3:5E:0A:9C:11:3B:77:AF:02:D4:90:61:2E:88:4C:19:F3';

/** What SQL Server shows where nobody installed a certificate. */
export function sampleGreeting(different: Partial<Greeting['certificate']> = {}): Greeting {
  return {
    port: 51433,
    version: 'SQL Server 2019 (15.0.4382)',
    protocol: 'TLS 1.2',
    certificate: {
      pem: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n',
      subject: 'CN=acs-srv-01.site.example',
      issuer: 'CN=acs-srv-01.site.example',
      selfSigned: true,
      validFrom: daysAgo(20),
      validTo: daysAgo(-345),
      fingerprint,
      names: ['acs-srv-01.site.example'],
      verified: { holds: false, why: 'it is signed by itself, and this machine knows no CA that vouches for it.' },
      ...different,
    },
  };
}

const columns: TableCandidate['columns'] = [
  { name: 'AcuId', type: 'int', nullable: false, isKey: true },
  { name: 'SerialNumber', type: 'nvarchar(32)', nullable: false, isKey: false },
  { name: 'Name', type: 'nvarchar(100)', nullable: true, isKey: false },
  { name: 'IPAddress', type: 'varchar(45)', nullable: true, isKey: false },
  { name: 'Model', type: 'nvarchar(40)', nullable: true, isKey: false },
  { name: 'LastPolled', type: 'datetime', nullable: true, isKey: false },
];

/** What a setup login reads: without a database only which there are. */
export function sampleDiscovery(database: string | null): Discovery {
  const { controllerTable } = sampleProfile();
  return {
    server: {
      machine: 'ACS-SRV-01',
      instance: 'NET2',
      version: 'SQL Server 2019',
      edition: 'Express Edition (64-bit)',
      supported: true,
    },
    as: 'sa',
    databases: [
      { name: 'Net2', state: 'ONLINE', accessible: true },
      { name: 'Net2_Archive', state: 'ONLINE', accessible: true },
      { name: 'Payroll', state: 'OFFLINE', accessible: false },
    ],
    candidates:
      database === 'Net2'
        ? [
            {
              schema: 'dbo',
              table: 'ACU',
              rows: 24,
              score: 17,
              reasons: ['its name says so: ACU', 'SerialNumber looks like a serial number', 'it has 24 rows'],
              obstacles: [],
              columns,
              draft: { ...controllerTable, unsupportedModels: [] },
            },
            {
              schema: 'dbo',
              table: 'AcuHistory',
              rows: 81_220,
              score: 5,
              reasons: ['its name says so: AcuHistory', 'against it: it has 81220 rows'],
              obstacles: ['It is a temporal table.'],
              columns,
              draft: {},
            },
          ]
        : [],
    loginsInUse: [
      { login: 'net2_service', programs: ['Net2ClientSvc'], hosts: ['ACS-SRV-01'], sessions: 3 },
      { login: 'reports', programs: ['Report Designer'], hosts: ['OFFICE-PC-7'], sessions: 1 },
    ],
    unread: database === null ? [] : ['The plan cache could not be read: VIEW SERVER STATE is missing.'],
  };
}
