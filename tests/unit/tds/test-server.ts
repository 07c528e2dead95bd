import sql from 'mssql';
import { onTestFinished } from 'vitest';
import { makeTrainingCertificate, type TrainingCertificate } from '#electron/training/tds/certificate.ts';
import type { EncryptionPolicy } from '#electron/training/tds/prelogin.ts';
import { createTdsServer, type TdsServer } from '#electron/training/tds/tds.ts';
import { FakeBackend } from './fake-backend.ts';

export interface TestServer {
  readonly backend: FakeBackend;
  readonly server: TdsServer;
  readonly port: number;
  readonly certificate: TrainingCertificate;
  /** A pool of one connection, closed when the test is over. */
  readonly connect: (changes?: PoolChanges) => Promise<sql.ConnectionPool>;
}

export interface PoolChanges {
  readonly password?: string;
  readonly server?: string;
  readonly database?: string;
  readonly requestTimeout?: number;
  readonly max?: number;
  readonly encrypt?: boolean;
  /** PEM, undefined for the server's own authority. */
  readonly ca?: string;
  readonly packetSize?: number;
}

const certificate = await makeTrainingCertificate();

/** A server on a free port of the loopback addresses, closed when the test is over. */
export async function startServer(encryption: EncryptionPolicy = 'required'): Promise<TestServer> {
  const backend = new FakeBackend();
  const server = createTdsServer({ backend, certificate, encryption, version: { major: 16, minor: 0, build: 4165 } });
  const port = await server.listen(0, ['127.0.0.1', '127.0.0.2']);
  onTestFinished(() => server.close());
  return { backend, server, port, certificate, connect: (changes) => connect(port, changes) };
}

async function connect(port: number, changes: PoolChanges = {}): Promise<sql.ConnectionPool> {
  const options = {
    encrypt: changes.encrypt ?? true,
    trustServerCertificate: false,
    appName: 'Mortise',
    ...(changes.packetSize === undefined ? {} : { packetSize: changes.packetSize }),
    cryptoCredentialsDetails: { ca: changes.ca ?? certificate.ca },
  };
  const pool = new sql.ConnectionPool({
    server: changes.server ?? '127.0.0.1',
    port,
    user: 'engineer',
    password: changes.password ?? 'Correct-Horse-1',
    database: changes.database ?? 'Acs',
    requestTimeout: changes.requestTimeout ?? 15_000,
    connectionTimeout: 5000,
    pool: { max: changes.max ?? 1, min: 0 },
    options,
  });
  // A connection that the server cuts is told to the pool too; the tests look at the request that was hit.
  pool.on('error', () => undefined);
  onTestFinished(() => pool.close());
  return pool.connect();
}
