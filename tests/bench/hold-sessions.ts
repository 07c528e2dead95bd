import { Connection } from 'tedious';
import { acsService } from '#electron/training/practice-logins.ts';

/** Opens this many sessions of the service's login and holds them until the answer is called. */
export async function holdSessions(
  facts: { readonly host: string; readonly port: number; readonly ca: string },
  count: number,
): Promise<() => void> {
  const held: Connection[] = [];
  // A few at a time: TLS handshakes, not patience, are the limit.
  for (let from = 0; from < count; from += 20) {
    await Promise.all(Array.from({ length: Math.min(20, count - from) }, async () => held.push(await open(facts))));
  }
  return () => {
    for (const connection of held) connection.close();
  };
}

async function open({
  host,
  port,
  ca,
}: {
  readonly host: string;
  readonly port: number;
  readonly ca: string;
}): Promise<Connection> {
  const connection = new Connection({
    server: host,
    authentication: { type: 'default', options: { userName: acsService.login, password: acsService.password } },
    options: {
      port,
      database: 'Acs',
      encrypt: true,
      trustServerCertificate: false,
      appName: 'Bench',
      connectTimeout: 30_000,
      cryptoCredentialsDetails: { ca },
    },
  });
  await new Promise<void>((resolve, reject) => {
    connection.connect((error) => {
      if (error) reject(error);
      else resolve();
    });
  });
  return connection;
}
