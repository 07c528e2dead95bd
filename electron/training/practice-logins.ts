/**
 * The logins of the training site with the passwords they have at first. They are published here, open nothing but a
 * simulated server on this machine's loopback address, and the screen calls them worthless.
 */
export interface PracticeLogin {
  readonly login: string;
  readonly password: string;
  /** For whom it is, as a person reads it. */
  readonly purpose: string;
}

/** Who prepares the site; lent to whoever practises, as an administrator of the site would do it. */
export const siteAdmin: PracticeLogin = {
  login: 'site_admin',
  password: 'Practice-Admin-2026',
  purpose: 'administrator (sysadmin), prepares the site',
};

/** Mortise's own login. */
export const mortiseRun: PracticeLogin = {
  login: 'mortise_run',
  password: 'Practice-Mortise-2026',
  purpose: "Mortise's own login",
};

/** The access-control service's login, with a default password as vendors have published them. */
export const acsService: PracticeLogin = {
  login: 'acs_service',
  password: 'ChangeMe123',
  purpose: 'login of the access-control service',
};

/** The remote workstation's login. */
export const acsReports: PracticeLogin = {
  login: 'acs_reports',
  password: 'Practice-Reports-2026',
  purpose: 'login of the remote workstation, reads only',
};

export const practiceLogins: readonly PracticeLogin[] = [siteAdmin, mortiseRun, acsService, acsReports];

/** The database that the access-control software uses. */
export const trainingDatabase = 'Acs';

/** The address that plays the other machine. All of 127.0.0.0/8 is this machine's own loopback. */
export const workstationAddress = '127.0.0.2';

/** The service's name, as an operating system would list it, and what it calls itself towards SQL Server. */
export const serviceName = 'AcsService';

/** What the remote workstation calls itself and its program. */
export const workstationHost = 'REPORTS-PC';
export const workstationProgram = 'AcsReports';
