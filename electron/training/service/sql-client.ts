import type { ConnectionPool, config as PoolConfig } from 'mssql';

/** How one of the site's own clients comes to the simulated server. */
export interface SqlClientOptions {
  /** In the form of .NET's SqlConnection. */
  readonly connectionString: string;
  /** PEM. */
  readonly ca: string;
  readonly program: string;
  readonly host?: string;
  /** The address that the client comes from. */
  readonly localAddress?: string;
}

/** Connects with one connection that is kept. Throws the driver's error. */
export async function connectSqlClient(options: SqlClientOptions): Promise<ConnectionPool> {
  // The driver takes a third of a second to load; whoever does not connect need not wait for it.
  const { default: sql } = await import('mssql');
  const config = sql.ConnectionPool.parseConnectionString(options.connectionString);
  // The driver knows this option, its types do not: a validating SELECT 1 would go before every statement.
  const settings: PoolConfig & { validateConnection: 'socket' } = {
    ...config,
    validateConnection: 'socket',
    pool: { min: 1, max: 1 },
    connectionTimeout: 5000,
    requestTimeout: 15_000,
    options: {
      ...config.options,
      appName: options.program,
      ...(options.host === undefined ? {} : { workstationId: options.host }),
      ...(options.localAddress === undefined ? {} : { localAddress: options.localAddress }),
      cryptoCredentialsDetails: { ca: options.ca },
    },
  };
  const pool = new sql.ConnectionPool(settings);
  // An idle connection that breaks is noticed by the next request; without a listener Node would end the process.
  pool.on('error', () => undefined);
  try {
    return await pool.connect();
  } catch (problem) {
    await pool.close().catch(() => undefined);
    throw problem;
  }
}
