/**
 * What can be met on the way to SQL Server, from the name to the database: each with its own sentence and what mends it.
 * `{presented}` is a whole sentence about the certificate that the server showed.
 */
export const serverErrors = {
  // The way there
  'server-unreachable': {
    sentence: 'SQL Server at {endpoint} does not answer.',
    next: 'Check that the SQL Server service runs and listens on this address and port, then try again.',
  },
  'name-not-found': {
    sentence: 'Nobody knows the name {host}: {cause}.',
    next: 'Check how it is spelled, and that this machine asks the right name server; or give the address instead of the name.',
  },
  'port-closed': {
    sentence: 'Nothing listens at {endpoint}: the machine answers and refuses the connection.',
    next: 'Start the SQL Server service, and check the port and that TCP/IP is enabled in SQL Server Configuration Manager (a change there needs a restart of the instance).',
  },
  'host-silent': {
    sentence: '{endpoint} does not answer at all: within {seconds} s came neither a connection nor a refusal.',
    next: 'Check that the machine is switched on and that no firewall in between drops this port.',
  },
  'host-unreachable': {
    sentence: 'There is no way from this machine to {endpoint} ({cause}).',
    next: 'Check the network of this machine, the address, and whether this program may use the network.',
  },
  'pipe-not-found': {
    sentence: 'There is no pipe {pipe} here.',
    next: 'Enable Named Pipes in SQL Server Configuration Manager and restart the instance, or give a TCP port instead.',
  },
  'pipe-refused': {
    sentence: 'The pipe {pipe} does not let this account in ({cause}).',
    next: 'Use an account that may open it, or give a TCP port instead.',
  },
  'browser-silent': {
    sentence:
      'The SQL Server Browser on {host} does not answer (UDP 1434), so nobody says which port the instance {instance} has.',
    next: 'Start the service "SQL Server Browser", or give the port: it stands in SQL Server Configuration Manager under TCP/IP, IPAll.',
  },
  'instance-unknown': {
    sentence: 'The SQL Server Browser on {host} answers, and knows no instance {instance}. It knows {known}.',
    next: 'Check the name of the instance, and that its service runs.',
  },
  'instance-without-tcp': {
    sentence: 'The instance {instance} on {host} runs, but does not listen on TCP.',
    next: 'Enable TCP/IP in SQL Server Configuration Manager (for 127.0.0.1 alone if only this machine needs it), and restart the instance.',
  },
  'browser-answer-invalid': {
    sentence: 'What answers for the SQL Server Browser on {host} cannot be relied on: {what}.',
    next: 'Find out which program answers on UDP 1434 of that machine, or give the port of the instance.',
  },
  'server-silent': {
    sentence: '{endpoint} takes the connection and then says nothing more ({when}).',
    next: 'Check that this port is that of SQL Server. If it is, the server is overloaded or hangs: look at its error log.',
  },
  'connection-dropped': {
    sentence: 'The server at {endpoint} closed the connection {when} (clients call this error 233 or 10054).',
    next: "Look at SQL Server's error log for this minute. Known causes: no or an unreadable certificate, TLS settings of Windows, too many connections, or Force Strict Encryption, which Mortise does not speak.",
  },
  'not-sql-server': {
    sentence: 'What answers at {endpoint} is not SQL Server: {what}.',
    next: 'Correct the address and port. Nothing of the login was sent.',
  },
  // Encryption and certificates
  'encryption-refused': {
    sentence: 'The server at {endpoint} declines an encrypted connection.',
    next: 'Nothing was sent in clear text. Have TLS enabled on the server.',
  },
  'tls-too-old': {
    sentence: 'The server at {endpoint} knows no newer encryption than {protocol}, which is broken.',
    next: 'Nothing was sent. Enable TLS 1.2 in Windows (SCHANNEL), and for SQL Server 2014 and older install the update of KB3135244; then restart the instance.',
  },
  'tls-failed': {
    sentence: 'The TLS handshake with {endpoint} failed: {cause}.',
    next: "Nothing was sent. Look at SQL Server's error log and the System log of Windows (Schannel) for this minute.",
  },
  'certificate-key-too-small': {
    sentence:
      'The certificate of the server at {endpoint} has a key of {bits} bits only, which can be broken. {presented}',
    next: 'Nothing was sent. Give SQL Server a certificate with a key of at least 2048 bits (Configuration Manager, Protocols, Certificate). SQL Server 2017 and newer make such a one by themselves.',
  },
  'certificate-self-signed': {
    sentence:
      'The server at {endpoint} shows a certificate that it signed itself, so nobody vouches for it. {presented}',
    next: "Nothing was sent. Give SQL Server a certificate of a CA; or compare the fingerprint at the server and pin this one. SQL Server's own fallback certificate is new at each start: pinning it lasts until then.",
  },
  'certificate-not-trusted': {
    sentence: 'The server at {endpoint} shows a certificate that is not trusted: {cause}. {presented}',
    next: 'Nothing was sent. Check that this is your server, then give Mortise the certificate of its CA.',
  },
  'certificate-expired': {
    sentence: 'The certificate of the server at {endpoint} has expired. {presented}',
    next: 'Nothing was sent. Have it renewed and chosen for SQL Server; check the clock of this machine too.',
  },
  'certificate-not-yet-valid': {
    sentence: 'The certificate of the server at {endpoint} is not valid yet. {presented}',
    next: 'Nothing was sent. Check the clock of this machine and that of whoever made the certificate.',
  },
  'certificate-other-name': {
    sentence: 'The server at {endpoint} shows a certificate that is made out to another name. {presented}',
    next: 'Nothing was sent. Use a name that stands in the certificate, or have one made out to this name.',
  },
  'certificate-differs': {
    sentence: 'The server at {endpoint} shows another certificate than the pinned one ({pinned}). {presented}',
    next: 'Nothing was sent. If it was renewed, compare the new fingerprint at the server itself, then pin it; if not, somebody else may be answering in its place.',
  },
  'certificate-unreadable': {
    sentence: 'The certificate that the profile names cannot be used: {cause}.',
    next: 'Give it as PEM text (-----BEGIN CERTIFICATE-----).',
  },
  'unverified-elsewhere': {
    sentence: 'An unverified certificate is accepted on this machine only, and {host} leads to {address}.',
    next: 'Nothing was sent. Give Mortise the CA certificate of this server, or pin its certificate.',
  },
  // What SQL Server itself answers
  'login-refused': {
    sentence: 'SQL Server refused the login {login}.',
    next: 'The password that was used is not the one the server has, or the login does not exist, or this server takes Windows accounts only: it tells nobody which, but its error log does. Enter the current password, or have an administrator look.',
  },
  'login-not-taken': {
    sentence: 'SQL Server does not take the login {login}: it wants a Windows account of a domain that it trusts.',
    next: 'Have "SQL Server and Windows Authentication mode" switched on, or use a login of a trusted domain.',
  },
  'login-disabled': {
    sentence: 'The login {login} is disabled on the server.',
    next: 'Have an administrator enable it, or choose another login.',
  },
  'login-locked': {
    sentence: 'The login {login} is locked out.',
    next: 'Somebody or some program tried wrong passwords. Find it first, then have an administrator unlock the login.',
  },
  'password-expired': {
    sentence: 'The password of {login} has expired.',
    next: 'Have an administrator set a new one, then try again.',
  },
  'password-must-change': {
    sentence: 'The password of {login} must be changed before the login can be used.',
    next: 'Log in once with another tool to change it, or have an administrator set one without MUST_CHANGE.',
  },
  'database-unavailable': {
    sentence: 'The database {database} cannot be opened by {login}.',
    next: 'Check that the database is online, not in single-user mode, and that the login has a user in it.',
  },
  'server-single-user': {
    sentence: 'SQL Server at {endpoint} runs in single-user mode, and somebody else has the one connection.',
    next: 'Find out who maintains it, and try again when it was restarted without -m.',
  },
  'server-paused': {
    sentence: 'SQL Server at {endpoint} is paused: it takes no new connections.',
    next: 'Have the service continued (SQL Server Configuration Manager), then try again.',
  },
  'server-starting': {
    sentence: 'SQL Server at {endpoint} is starting or being upgraded, and is not ready for logins yet.',
    next: 'Wait a minute, then try again.',
  },
  'server-full': {
    sentence: 'SQL Server at {endpoint} has no room for another connection.',
    next: 'Find out which program holds so many connections, then try again.',
  },
  'server-refused': {
    sentence: 'SQL Server at {endpoint} refused the connection with error {number}.',
    next: "Look this number up in Microsoft's documentation, and at the server's error log for this minute.",
  },
} as const;

export type ServerErrorCode = keyof typeof serverErrors;

/** Every way in which SQL Server is not reached, or reached and not entered. */
export const serverErrorCodes = Object.keys(serverErrors) as readonly ServerErrorCode[];

/** Those where nobody can say what goes on at the server: it was not reached, or would not speak with us. */
export const outOfReach: ReadonlySet<string> = new Set([
  'server-unreachable',
  'name-not-found',
  'port-closed',
  'host-silent',
  'host-unreachable',
  'pipe-not-found',
  'pipe-refused',
  'browser-silent',
  'instance-unknown',
  'instance-without-tcp',
  'browser-answer-invalid',
  'server-silent',
  'connection-dropped',
  'not-sql-server',
  'tls-failed',
  'server-single-user',
  'server-paused',
  'server-starting',
  'server-full',
  'server-refused',
] satisfies readonly ServerErrorCode[]);
