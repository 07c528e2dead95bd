import type { Secret } from '#shared/secret.ts';

/** A login and password that a product is installed or documented with, and where that was published. */
export interface PublishedDefault {
  readonly login: string;
  readonly password: string;
  readonly product: string;
  readonly source: string;
}

const mssqlList = 'SecLists, Passwords/Default-Credentials/mssql-betterdefaultpasslist.txt';

/** These are public: who looks for them has them already, and a site that still uses one should be told. */
export const publishedDefaults: readonly PublishedDefault[] = [
  { login: 'sa', password: '', product: 'SQL Server 7.0 and 2000, MSDE 1.0', source: 'CVE-2000-1209' },
  { login: 'sa', password: 'lminstall', product: 'Lyris ListManager (MSDE)', source: 'CVE-2005-4145' },
  {
    login: 'sa',
    password: '<YourStrong@Passw0rd>',
    product: 'SQL Server container',
    source: 'Microsoft, Quickstart: Run SQL Server Linux container images with Docker',
  },
  {
    login: 'sa',
    password: 'yourStrong(!)Password',
    product: 'SQL Server container',
    source: 'Docker Hub, page of microsoft/mssql-server',
  },
  { login: 'LENEL', password: 'MULTIMEDIA', product: 'Lenel OnGuard (access control)', source: mssqlList },
  {
    login: 'PremisysUsr',
    password: 'ID3nt1card',
    product: 'IDenticard PremiSys (access control)',
    source: 'CVE-2019-3909',
  },
  {
    login: 'PremisysUsr',
    password: 'ID3nt1cardID3nt1card',
    product: 'IDenticard PremiSys (access control)',
    source: 'CVE-2019-3909',
  },
  ...['sa', 'admin', 'superadmin', 'password', 'default', 'sqlserver', 'Administrator1', 'Pass@123', 'Password123'].map(
    (password) => ({ login: 'sa', password, product: 'various programs with SQL Server', source: mssqlList }),
  ),
  ...['RPSsql12345', 'PracticeUser1', 'SecurityMaster08', 'SECAdmin1', 'capassword', 'skf_admin1', 'V4in$ight'].map(
    (password) => ({ login: 'sa', password, product: 'various programs with SQL Server', source: mssqlList }),
  ),
  { login: 'secure', password: 'SecurityMaster08', product: 'various programs with SQL Server', source: mssqlList },
  { login: 'admin', password: 'admin', product: 'various programs with SQL Server', source: mssqlList },
  {
    login: 'acs_service',
    password: 'ChangeMe123',
    product: 'The training site of Mortise',
    source: "The training site's own default; no product's",
  },
];

/**
 * The entry that says this password of this login is public. SQL Server compares names as its collation says, mostly
 * without regard to case; passwords with regard to it.
 */
export function publishedDefaultOf(login: string, secret: Secret): PublishedDefault | undefined {
  const password = secret.reveal();
  const name = login.toLowerCase();
  return publishedDefaults.find((each) => each.login.toLowerCase() === name && each.password === password);
}

export function isPublishedDefault(login: string, secret: Secret): boolean {
  return publishedDefaultOf(login, secret) !== undefined;
}

/** Every published default of a login of this name. */
export function defaultsOf(login: string): readonly PublishedDefault[] {
  const name = login.toLowerCase();
  return publishedDefaults.filter((each) => each.login.toLowerCase() === name);
}
