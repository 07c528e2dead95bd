import type { ConnectionPool, config as PoolConfig } from 'mssql';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import { addressText } from '#shared/site-profile.ts';
import type { SiteProfile } from '#shared/site-profile.ts';
import { connectFailure } from './database-failure.ts';
import type { Credential } from './site-database.ts';

/** How long a server may take to answer the first packet, in milliseconds. */
const connectLimit = 8_000;
/** How long a statement may take. The status of 100,000 controllers stays far below. */
const statementLimit = 60_000;

/** Loads the driver ahead of its first use, while something else is waited for. A driver that cannot be loaded shows there. */
export function warmDriver(): void {
  import('mssql').catch(() => undefined);
}

/** The part of tedious's connection that its own types do not carry through mssql. */
interface MessageSource {
  on(event: 'errorMessage', listener: (message: { readonly number: number; readonly message: string }) => void): void;
}

/**
 * Opens connections for one principal, encrypted and verified: the server's certificate is checked against the
 * profile's CA (or the machine's own) before the login is sent, and a server that declines encryption is refused.
 * Exactly one login attempt is made, because failed attempts are counted by the server.
 */
export async function connect(
  endpoint: SiteProfile['endpoint'],
  credential: Credential,
  options: { readonly most: number; readonly database?: string },
): Promise<Result<ConnectionPool>> {
  // The driver costs 0.3 s to load, so a window is on the screen before it is needed.
  const { default: mssql } = await import('mssql');
  const refusals: { number: number; text: string }[] = [];
  const database = options.database ?? endpoint.database;
  const settings: PoolConfig & { validateConnection: 'socket' } = {
    server: endpoint.host,
    port: portOf(endpoint),
    database,
    user: credential.login,
    password: credential.secret.reveal(),
    connectionTimeout: connectLimit,
    requestTimeout: statementLimit,
    // A validating SELECT 1 would be a second round trip for every statement.
    validateConnection: 'socket',
    pool: { max: options.most, min: 0, idleTimeoutMillis: 30_000 },
    options: {
      encrypt: true,
      trustServerCertificate: false,
      appName: 'Mortise',
      useUTC: true,
      enableArithAbort: true,
      maxRetriesOnTransientErrors: 0,
      ...(endpoint.trust.kind === 'ca' && endpoint.trust.certificate !== null
        ? { cryptoCredentialsDetails: { ca: endpoint.trust.certificate } }
        : {}),
    },
    // An ELOGIN error carries no number; it arrives here.
    beforeConnect: (connection) => {
      (connection as unknown as MessageSource).on('errorMessage', (message) =>
        refusals.push({ number: message.number, text: message.message }),
      );
    },
  };
  const pool = new mssql.ConnectionPool(settings);
  // A connection that breaks while idle is found at the next checkout; without a listener it would end the process.
  pool.on('error', () => undefined);
  try {
    await pool.connect();
    return succeed(pool);
  } catch (error) {
    await pool.close().catch(() => undefined);
    return failed(
      connectFailure(error, refusals, {
        endpoint: addressText(endpoint),
        login: credential.login,
        database,
      }),
    );
  }
}

/** The Browser and pipes are not asked yet. */
function portOf({ transport }: SiteProfile['endpoint']): number {
  return transport.kind === 'tcp' ? transport.port : 1433;
}
