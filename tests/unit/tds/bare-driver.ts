import { Connection, Request } from 'tedious';
import { onTestFinished } from 'vitest';
import type { TestServer } from './test-server.ts';

/** The driver under the product's pool, for what the pool has no call for. Closed when the test is over. */
export async function logIn({ port, certificate }: TestServer): Promise<Connection> {
  const connection = new Connection({
    server: '127.0.0.1',
    authentication: { type: 'default', options: { userName: 'engineer', password: 'Correct-Horse-1' } },
    options: { port, encrypt: true, database: 'Acs', cryptoCredentialsDetails: { ca: certificate.ca } },
  });
  onTestFinished(() => connection.close());
  await new Promise<void>((resolve, reject) => {
    connection.connect((error) => (error === undefined ? resolve() : reject(error)));
  });
  return connection;
}

/** The first column of each row that a batch answers. */
export async function ask(connection: Connection, text: string): Promise<unknown[]> {
  const values: unknown[] = [];
  await new Promise<void>((resolve, reject) => {
    const request = new Request(text, (error) => (error ? reject(error) : resolve()));
    request.on('row', (columns: { value: unknown }[]) => values.push(columns[0]?.value));
    connection.execSqlBatch(request);
  });
  return values;
}
