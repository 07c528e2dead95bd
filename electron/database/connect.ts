import type { ConnectionPool, config as PoolConfig } from 'mssql';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import { addressText } from '#shared/site-profile.ts';
import type { SiteProfile } from '#shared/site-profile.ts';
import { diagnosedRefusal } from './connect/diagnosis.ts';
import { HandshakeWatch } from './connect/handshake-watch.ts';
import { openSocket } from './connect/open-socket.ts';
import { findRoute } from './connect/route.ts';
import type { Route } from './connect/route.ts';
import { realSurroundings } from './connect/surroundings.ts';
import type { Surroundings } from './connect/surroundings.ts';
import { judgeCertificate, trustOptions } from './connect/trust-options.ts';
import type { TrustOptions } from './connect/trust-options.ts';
import { connectFailure, tlsCodeOf } from './database-failure.ts';
import type { Credential } from './site-database.ts';

/** How long a statement may take, in milliseconds. The status of 100,000 controllers stays far below. */
const statementLimit = 60_000;

/** Loads the driver ahead of its first use, while something else is waited for. A driver that cannot be loaded shows there. */
export function warmDriver(): void {
  import('mssql').catch(() => undefined);
}

/** What Mortise calls itself towards SQL Server. */
export const mortiseProgram = 'Mortise';

export interface ConnectOptions {
  /** How many connections the pool may hold. */
  readonly most: number;
  readonly database?: string;
  readonly surroundings?: Surroundings;
}

/** The part of tedious's connection that its own types do not carry through mssql. */
interface DriverConnection {
  on(event: 'errorMessage', listener: (message: { readonly number: number; readonly message: string }) => void): void;
  on(event: 'secure', listener: (cleartext: TLSSocket) => void): void;
}

/** What became known of a pool's first connection besides what the driver throws. */
interface Attempt {
  readonly watch: HandshakeWatch;
  readonly refusals: { number: number; text: string }[];
  failure: Failure | undefined;
}

/**
 * Opens connections for one principal, encrypted: the server's certificate is judged as the profile says before the login
 * is sent, and a server that declines encryption is refused. Exactly one login attempt is made, because failed
 * attempts are counted by the server. Answers one of the failures of `serverErrors`.
 */
export async function connect(
  endpoint: SiteProfile['endpoint'],
  credential: Credential,
  options: ConnectOptions,
): Promise<Result<ConnectionPool>> {
  const surroundings = options.surroundings ?? realSurroundings;
  const trust = trustOptions(endpoint);
  if (!trust.ok) return trust;
  const route = await findRoute(endpoint, surroundings);
  if (!route.ok) return route;
  // The driver costs 0.3 s to load, so a window is on the screen before it is needed.
  const { default: mssql } = await import('mssql');
  const database = options.database ?? endpoint.database;
  const where = { endpoint: addressText(endpoint), login: credential.login, database };
  const attempt: Attempt = { watch: new HandshakeWatch(), refusals: [], failure: undefined };
  const pool = new mssql.ConnectionPool({
    ...settingsOf(endpoint, trust.value, { route: route.value, attempt, surroundings }),
    database,
    user: credential.login,
    password: credential.secret.reveal(),
    pool: { max: options.most, min: 0, idleTimeoutMillis: 30_000 },
  });
  // A connection that breaks while idle is found at the next checkout; without a listener it would end the process.
  pool.on('error', () => undefined);
  try {
    await pool.connect();
    return succeed(pool);
  } catch (error) {
    await pool.close().catch(() => undefined);
    if (attempt.failure !== undefined) return failed(attempt.failure);
    const named = connectFailure(error, attempt, where);
    if (named !== undefined) return failed(named);
    const again = { endpoint: where.endpoint, serverName: trust.value.serverName, limit: surroundings.limits.socket };
    return failed(
      await diagnosedRefusal(
        route.value,
        { ...again, ca: undefined },
        { code: tlsCodeOf(error), trust: endpoint.trust },
      ),
    );
  }
}

function settingsOf(
  endpoint: SiteProfile['endpoint'],
  trust: TrustOptions,
  {
    route,
    attempt,
    surroundings,
  }: { readonly route: Route; readonly attempt: Attempt; readonly surroundings: Surroundings },
): PoolConfig & { readonly validateConnection: 'socket' } {
  const { limits } = surroundings;
  const name = addressText(endpoint);
  const connector = async (): Promise<Socket> => {
    const opened = await openSocket(route, { endpoint: name, limit: limits.socket });
    if (!opened.ok) {
      attempt.failure = opened.error;
      throw new Error(opened.error.code);
    }
    attempt.watch.watch(opened.value);
    return opened.value;
  };
  return {
    server: trust.serverName,
    connectionTimeout: limits.login,
    requestTimeout: statementLimit,
    // A validating SELECT 1 would be a second round trip for every statement.
    validateConnection: 'socket',
    options: {
      encrypt: true,
      trustServerCertificate: trust.acceptsAny,
      serverName: trust.serverName,
      appName: mortiseProgram,
      useUTC: true,
      enableArithAbort: true,
      maxRetriesOnTransientErrors: 0,
      cryptoCredentialsDetails: {
        ...(trust.ca === undefined ? {} : { ca: typeof trust.ca === 'string' ? trust.ca : [...trust.ca] }),
        allowPartialTrustChain: trust.allowPartialTrustChain,
      },
      connector,
    },
    beforeConnect: (connection) => {
      const driver = connection as unknown as DriverConnection;
      // An ELOGIN error carries no number; it arrives here.
      driver.on('errorMessage', ({ number, message }) => attempt.refusals.push({ number, text: message }));
      // Told before the login leaves: a connection that is cut here has sent nothing of it.
      driver.on('secure', (cleartext) => {
        attempt.watch.phase = 'encrypted';
        const refused = judgeCertificate(cleartext.getPeerX509Certificate(), { trust: endpoint.trust, endpoint: name });
        if (refused === undefined) return;
        attempt.failure = refused;
        cleartext.destroy(new Error(refused.code));
      });
    },
  };
}
